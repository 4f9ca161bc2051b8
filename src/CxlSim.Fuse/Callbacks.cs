using System.Runtime.InteropServices;
using CxlSim.Core;
using CxlSim.Fuse.Native;

namespace CxlSim.Fuse;

/// <summary>What libfuse calls, on its own thread: each takes the arguments apart and hands over to the <see cref="TreeServer"/>.</summary>
internal static unsafe class Callbacks
{
    public static TreeServer? Server { get; set; }

    public static LowLevelOperations Table => new()
    {
        Initialise = &Initialise,
        Lookup = &Lookup,
        Forget = &Forget,
        GetAttributes = &GetAttributes,
        SetAttributes = &SetAttributes,
        ReadLink = &ReadLink,
        MakeNode = &MakeNode,
        MakeDirectory = &MakeDirectory,
        Unlink = &Remove,
        RemoveDirectory = &RemoveDirectory,
        Create = &Create,
        Open = &Open,
        Read = &Read,
        Write = &Write,
        Release = &Release,
        OpenDirectory = &OpenDirectory,
        ReadDirectory = &ReadDirectory,
        Seek = &Seek,
        Poll = &Poll,
    };

    [UnmanagedCallersOnly]
    private static void Initialise(void* userData, ConnectionInfo* connection) => connection->Want |= connection->Capable & ConnectionInfo.CacheLinks;

    [UnmanagedCallersOnly]
    private static void Lookup(nint request, ulong parent, byte* name) => Server!.Lookup(request, parent, Marshal.PtrToStringUTF8((nint)name)!);

    [UnmanagedCallersOnly]
    private static void Forget(nint request, ulong inode, ulong lookups) => Server!.Forget(request, inode, lookups);

    [UnmanagedCallersOnly]
    private static void GetAttributes(nint request, ulong inode, FuseFileInfo* file) => Server!.GetAttributes(request, inode);

    [UnmanagedCallersOnly]
    private static void SetAttributes(nint request, ulong inode, Stat* attributes, int mask, FuseFileInfo* file) => Server!.SetAttributes(request, inode, mask);

    [UnmanagedCallersOnly]
    private static void ReadLink(nint request, ulong inode) => Server!.ReadLink(request, inode);

    [UnmanagedCallersOnly]
    private static void Open(nint request, ulong inode, FuseFileInfo* file) => Server!.Open(request, inode, *file);

    [UnmanagedCallersOnly]
    private static void Read(nint request, ulong inode, nuint size, long offset, FuseFileInfo* file) => Server!.Read(request, file->Handle, (int)size, offset);

    [UnmanagedCallersOnly]
    private static void Write(nint request, ulong inode, byte* bytes, nuint size, long offset, FuseFileInfo* file) =>
        Server!.Write(request, file->Handle, new ReadOnlySpan<byte>(bytes, (int)size), offset);

    [UnmanagedCallersOnly]
    private static void Release(nint request, ulong inode, FuseFileInfo* file) => Server!.Release(request, inode, file->Handle);

    /// <summary>ENOSYS says that directories need no opening, and that the kernel may keep what they list until it is told otherwise.</summary>
    [UnmanagedCallersOnly]
    private static void OpenDirectory(nint request, ulong inode, FuseFileInfo* file) => LibFuse.ReplyError(request, (int)Errno.ENOSYS);

    [UnmanagedCallersOnly]
    private static void ReadDirectory(nint request, ulong inode, nuint size, long offset, FuseFileInfo* file) => Server!.ReadDirectory(request, inode, (int)size, offset);

    [UnmanagedCallersOnly]
    private static void Seek(nint request, ulong inode, long offset, int whence, FuseFileInfo* file) => Server!.Seek(request, file->Handle, offset, whence);

    [UnmanagedCallersOnly]
    private static void Poll(nint request, ulong inode, FuseFileInfo* file, nint poll) => Server!.Poll(request, file->Handle, poll);

    /// <summary>Files cannot be made or removed by hand in a tree of the kernel.</summary>
    [UnmanagedCallersOnly]
    private static void MakeNode(nint request, ulong parent, byte* name, uint mode, ulong device) => Refuse(request);

    [UnmanagedCallersOnly]
    private static void MakeDirectory(nint request, ulong parent, byte* name, uint mode) =>
        Server!.MakeDirectory(request, parent, Marshal.PtrToStringUTF8((nint)name)!);

    [UnmanagedCallersOnly]
    private static void RemoveDirectory(nint request, ulong parent, byte* name) =>
        Server!.RemoveDirectory(request, parent, Marshal.PtrToStringUTF8((nint)name)!);

    [UnmanagedCallersOnly]
    private static void Remove(nint request, ulong parent, byte* name) => Refuse(request);

    [UnmanagedCallersOnly]
    private static void Create(nint request, ulong parent, byte* name, uint mode, FuseFileInfo* file) => LibFuse.ReplyError(request, (int)Errno.EACCES);

    private static void Refuse(nint request) => LibFuse.ReplyError(request, (int)Errno.EPERM);
}

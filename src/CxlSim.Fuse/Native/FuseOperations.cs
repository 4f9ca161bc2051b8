using System.Runtime.InteropServices;

namespace CxlSim.Fuse.Native;

/// <summary><c>struct fuse_operations</c> (libfuse 3.14, <c>fuse.h</c>) up to <c>init</c>; what is zero answers ENOSYS.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct FuseOperations
{
    public delegate* unmanaged<byte*, Stat*, FuseFileInfo*, int> GetAttributes;
    public delegate* unmanaged<byte*, byte*, nuint, int> ReadLink;
    public nint MakeNode;
    public nint MakeDirectory;
    public nint Unlink;
    public nint RemoveDirectory;
    public nint SymbolicLink;
    public nint Rename;
    public nint Link;
    public nint ChangeMode;
    public nint ChangeOwner;
    public delegate* unmanaged<byte*, long, FuseFileInfo*, int> Truncate;
    public delegate* unmanaged<byte*, FuseFileInfo*, int> Open;
    public delegate* unmanaged<byte*, byte*, nuint, long, FuseFileInfo*, int> Read;
    public delegate* unmanaged<byte*, byte*, nuint, long, FuseFileInfo*, int> Write;
    public nint FileSystemStatus;
    public nint Flush;
    public delegate* unmanaged<byte*, FuseFileInfo*, int> Release;
    public nint Synchronise;
    public nint SetExtendedAttribute;
    public nint GetExtendedAttribute;
    public nint ListExtendedAttributes;
    public nint RemoveExtendedAttribute;
    public nint OpenDirectory;
    public delegate* unmanaged<byte*, void*, delegate* unmanaged<void*, byte*, Stat*, long, int, int>, long, FuseFileInfo*, int, int> ReadDirectory;
    public nint ReleaseDirectory;
    public nint SynchroniseDirectory;
    public nint Initialise;
}

using System.Runtime.InteropServices;

namespace CxlSim.Fuse.Native;

/// <summary><c>struct fuse_lowlevel_ops</c> (libfuse 3.14, <c>fuse_lowlevel.h</c>); what is zero answers ENOSYS.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct LowLevelOperations
{
    public delegate* unmanaged<void*, ConnectionInfo*, void> Initialise;
    public nint Destroy;
    public delegate* unmanaged<nint, ulong, byte*, void> Lookup;
    public delegate* unmanaged<nint, ulong, ulong, void> Forget;
    public delegate* unmanaged<nint, ulong, FuseFileInfo*, void> GetAttributes;
    public delegate* unmanaged<nint, ulong, Stat*, int, FuseFileInfo*, void> SetAttributes;
    public delegate* unmanaged<nint, ulong, void> ReadLink;
    public delegate* unmanaged<nint, ulong, byte*, uint, ulong, void> MakeNode;
    public delegate* unmanaged<nint, ulong, byte*, uint, void> MakeDirectory;
    public delegate* unmanaged<nint, ulong, byte*, void> Unlink;
    public delegate* unmanaged<nint, ulong, byte*, void> RemoveDirectory;
    public nint SymbolicLink;
    public nint Rename;
    public nint Link;
    public delegate* unmanaged<nint, ulong, FuseFileInfo*, void> Open;
    public delegate* unmanaged<nint, ulong, nuint, long, FuseFileInfo*, void> Read;
    public delegate* unmanaged<nint, ulong, byte*, nuint, long, FuseFileInfo*, void> Write;
    public nint Flush;
    public delegate* unmanaged<nint, ulong, FuseFileInfo*, void> Release;
    public nint Synchronise;
    public delegate* unmanaged<nint, ulong, FuseFileInfo*, void> OpenDirectory;
    public delegate* unmanaged<nint, ulong, nuint, long, FuseFileInfo*, void> ReadDirectory;
    public nint ReleaseDirectory;
    public nint SynchroniseDirectory;
    public nint FileSystemStatus;
    public nint SetExtendedAttribute;
    public nint GetExtendedAttribute;
    public nint ListExtendedAttributes;
    public nint RemoveExtendedAttribute;
    public nint Access;
    public delegate* unmanaged<nint, ulong, byte*, uint, FuseFileInfo*, void> Create;
    public nint GetLock;
    public nint SetLock;
    public nint MapBlock;
    public nint Control;
    public delegate* unmanaged<nint, ulong, FuseFileInfo*, nint, void> Poll;
    public nint WriteBuffer;
    public nint RetrieveReply;
    public nint ForgetMulti;
    public nint LockFile;
    public nint Allocate;
    public nint ReadDirectoryPlus;
    public nint CopyFileRange;
    public delegate* unmanaged<nint, ulong, long, int, FuseFileInfo*, void> Seek;
}

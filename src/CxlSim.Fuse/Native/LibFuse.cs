using System.Runtime.InteropServices;

namespace CxlSim.Fuse.Native;

/// <summary>The few calls of libfuse 3 that a mount needs (libfuse 3.14, <c>fuse.h</c>); symbols by version, so that a newer library serves too.</summary>
internal static unsafe partial class LibFuse
{
    private const string Library = "libfuse3.so.3";

    [LibraryImport(Library, EntryPoint = "fuse_new_31")]
    public static partial nint New(FuseArgs* arguments, FuseOperations* operations, nuint operationsSize, nint userData);

    [LibraryImport(Library, EntryPoint = "fuse_mount", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Mount(nint fuse, string mountPoint);

    [LibraryImport(Library, EntryPoint = "fuse_loop_mt_31")]
    public static partial int Loop(nint fuse, int cloneFd);

    [LibraryImport(Library, EntryPoint = "fuse_unmount")]
    public static partial void Unmount(nint fuse);

    [LibraryImport(Library, EntryPoint = "fuse_destroy")]
    public static partial void Destroy(nint fuse);

    [LibraryImport(Library, EntryPoint = "fuse_exit")]
    public static partial void Exit(nint fuse);
}

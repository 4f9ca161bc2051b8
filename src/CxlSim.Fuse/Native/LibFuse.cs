using System.Runtime.InteropServices;

namespace CxlSim.Fuse.Native;

/// <summary>The calls of libfuse 3's low-level interface that a mount needs (libfuse 3.14, <c>fuse_lowlevel.h</c>).</summary>
internal static unsafe partial class LibFuse
{
    private const string Library = "libfuse3.so.3";

    [LibraryImport(Library, EntryPoint = "fuse_session_new")]
    public static partial nint New(FuseArgs* arguments, LowLevelOperations* operations, nuint operationsSize, nint userData);

    [LibraryImport(Library, EntryPoint = "fuse_session_mount", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Mount(nint session, string mountPoint);

    [LibraryImport(Library, EntryPoint = "fuse_session_receive_buf")]
    public static partial int Receive(nint session, FuseBuffer* buffer);

    [LibraryImport(Library, EntryPoint = "fuse_session_process_buf")]
    public static partial void Process(nint session, FuseBuffer* buffer);

    [LibraryImport(Library, EntryPoint = "fuse_session_fd")]
    public static partial int Descriptor(nint session);

    [LibraryImport(Library, EntryPoint = "fuse_session_unmount")]
    public static partial void Unmount(nint session);

    [LibraryImport(Library, EntryPoint = "fuse_session_destroy")]
    public static partial void Destroy(nint session);

    [LibraryImport(Library, EntryPoint = "fuse_reply_err")]
    public static partial int ReplyError(nint request, int error);

    [LibraryImport(Library, EntryPoint = "fuse_reply_none")]
    public static partial void ReplyNone(nint request);

    [LibraryImport(Library, EntryPoint = "fuse_reply_entry")]
    public static partial int ReplyEntry(nint request, EntryParameters* entry);

    [LibraryImport(Library, EntryPoint = "fuse_reply_attr")]
    public static partial int ReplyAttributes(nint request, Stat* attributes, double timeout);

    [LibraryImport(Library, EntryPoint = "fuse_reply_readlink", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ReplyLink(nint request, string target);

    [LibraryImport(Library, EntryPoint = "fuse_reply_open")]
    public static partial int ReplyOpen(nint request, FuseFileInfo* file);

    [LibraryImport(Library, EntryPoint = "fuse_reply_write")]
    public static partial int ReplyWrite(nint request, nuint count);

    [LibraryImport(Library, EntryPoint = "fuse_reply_buf")]
    public static partial int ReplyBytes(nint request, byte* bytes, nuint count);

    [LibraryImport(Library, EntryPoint = "fuse_reply_lseek")]
    public static partial int ReplySeek(nint request, long offset);

    [LibraryImport(Library, EntryPoint = "fuse_reply_poll")]
    public static partial int ReplyPoll(nint request, uint events);

    [LibraryImport(Library, EntryPoint = "fuse_lowlevel_notify_poll")]
    public static partial int NotifyPoll(nint poll);

    [LibraryImport(Library, EntryPoint = "fuse_pollhandle_destroy")]
    public static partial void DestroyPoll(nint poll);

    [LibraryImport(Library, EntryPoint = "fuse_add_direntry", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nuint AddDirectoryEntry(nint request, byte* buffer, nuint size, string name, Stat* attributes, long nextOffset);

    [LibraryImport(Library, EntryPoint = "fuse_req_ctx")]
    public static partial RequestContext* Context(nint request);

    [LibraryImport(Library, EntryPoint = "fuse_req_interrupt_func")]
    public static partial void OnInterrupt(nint request, delegate* unmanaged<nint, void*, void> function, void* data);

    [LibraryImport(Library, EntryPoint = "fuse_lowlevel_notify_inval_entry", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ForgetEntry(nint session, ulong parent, string name, nuint length);

    [LibraryImport(Library, EntryPoint = "fuse_lowlevel_notify_inval_inode")]
    public static partial int ForgetContent(nint session, ulong inode, long offset, long length);
}

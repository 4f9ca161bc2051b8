using System.Runtime.InteropServices;

namespace CxlSim.Fuse.Native;

/// <summary>The beginning of <c>struct fuse_conn_info</c> (libfuse 3.14, <c>fuse_common.h</c>): what the kernel can do and what is wanted of it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ConnectionInfo
{
    /// <summary>FUSE_CAP_CACHE_SYMLINKS: the text of a link is asked for once.</summary>
    public const uint CacheLinks = 1 << 23;

    public uint Major;
    public uint Minor;
    public uint MaxWrite;
    public uint MaxRead;
    public uint MaxReadahead;
    public uint Capable;
    public uint Want;
}

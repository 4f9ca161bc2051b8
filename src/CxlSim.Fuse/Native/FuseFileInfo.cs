using System.Runtime.InteropServices;

namespace CxlSim.Fuse.Native;

/// <summary><c>struct fuse_file_info</c> (libfuse 3.14, <c>fuse_common.h</c>).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FuseFileInfo
{
    /// <summary>Bit 1 of the bit fields: reads and writes pass by the page cache.</summary>
    public const uint DirectIo = 1 << 1;

    public int Flags;
    public uint Bits;
    public uint Padding;
    public ulong Handle;
    public ulong LockOwner;
    public uint PollEvents;
}

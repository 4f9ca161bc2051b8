using System.Runtime.InteropServices;

namespace CxlSim.Fuse.Native;

/// <summary><c>struct fuse_buf</c> (libfuse 3.14, <c>fuse_common.h</c>); libfuse gets its memory with <c>malloc</c> and uses it again.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct FuseBuffer
{
    public nuint Size;
    public int Flags;
    public void* Memory;
    public int Descriptor;
    public long Position;
}

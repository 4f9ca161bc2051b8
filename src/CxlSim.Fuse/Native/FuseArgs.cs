using System.Runtime.InteropServices;

namespace CxlSim.Fuse.Native;

/// <summary><c>struct fuse_args</c> (libfuse 3.14, <c>fuse_opt.h</c>).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct FuseArgs
{
    public int Count;
    public byte** Values;
    public int Allocated;
}

using System.Runtime.InteropServices;

namespace CxlSim.Fuse.Native;

/// <summary><c>struct fuse_ctx</c> (libfuse 3.14, <c>fuse_lowlevel.h</c>).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct RequestContext
{
    public uint User;
    public uint Group;
    public int Process;
    public uint FileModeMask;
}

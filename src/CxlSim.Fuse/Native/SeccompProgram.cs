using System.Runtime.InteropServices;

namespace CxlSim.Fuse.Native;

/// <summary><c>struct sock_fprog</c> (<c>linux/filter.h</c>).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SeccompProgram
{
    public ushort Length;
    public SeccompInstruction* Instructions;
}

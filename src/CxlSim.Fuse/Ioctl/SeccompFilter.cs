using System.Runtime.InteropServices;
using CxlSim.Core;
using CxlSim.Fuse.Native;
using CxlSim.Kernel;
using Microsoft.Win32.SafeHandles;

namespace CxlSim.Fuse;

/// <summary>The filter that stops two ioctls and lets every other call pass. It holds for the thread that installs it, and for all that this thread starts.</summary>
/// <remarks>Our own calls are never stopped: nothing here issues these two requests.</remarks>
internal static unsafe class SeccompFilter
{
    private const int SetModeFilter = 1;
    private const int NewListener = 1 << 3;

    /// <summary>Once we have a call, only a deadly signal takes it back: what has an effect is not done twice.</summary>
    private const int WaitKillable = 1 << 5;
    private const uint X86Architecture = 0xc000_003e;
    private const uint IoctlNumber = 16;
    private const uint Allow = 0x7fff_0000;
    private const uint Notify = 0x7fc0_0000;

    private const uint NumberOffset = 0;
    private const uint ArchitectureOffset = 4;
    private const uint RequestOffset = 24; // low half of the second argument

    private static ReadOnlySpan<SeccompInstruction> Program => new[]
    {
        SeccompInstruction.Load(ArchitectureOffset),
        SeccompInstruction.Equal(X86Architecture, 0, 5),
        SeccompInstruction.Load(NumberOffset),
        SeccompInstruction.Equal(IoctlNumber, 0, 3),
        SeccompInstruction.Load(RequestOffset),
        SeccompInstruction.Equal(CxlMemdevIoctl.QueryCommands, 2, 0),
        SeccompInstruction.Equal(CxlMemdevIoctl.SendCommand, 1, 0),
        SeccompInstruction.Return(Allow),
        SeccompInstruction.Return(Notify),
    };

    /// <summary>Filters the calling thread; null where the host does not let us.</summary>
    public static SafeFileHandle? Install()
    {
        if (RuntimeInformation.OSArchitecture != Architecture.X64)
        {
            return null;
        }

        nint listener = TryInstall();
        if (listener < 0 && Marshal.GetLastPInvokeError() == (int)Errno.EACCES && LibC.ProcessControl(LibC.SetNoNewPrivileges, 1, 0, 0, 0) == 0)
        {
            listener = TryInstall(); // whoever is not root must give up set-user-id programs first
        }

        return listener < 0 ? null : new SafeFileHandle(listener, ownsHandle: true);
    }

    private static nint TryInstall()
    {
        fixed (SeccompInstruction* instructions = Program)
        {
            SeccompProgram program = new() { Length = (ushort)Program.Length, Instructions = instructions };
            return LibC.SystemCall(LibC.Seccomp, SetModeFilter, NewListener | WaitKillable, &program, 0);
        }
    }
}

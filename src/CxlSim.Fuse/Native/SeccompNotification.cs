using System.Runtime.InteropServices;

namespace CxlSim.Fuse.Native;

/// <summary><c>struct seccomp_notif</c> with its <c>struct seccomp_data</c> (<c>linux/seccomp.h</c>): a call that waits for an answer.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SeccompNotification
{
    /// <summary>SECCOMP_IOCTL_NOTIF_RECV.</summary>
    public const nuint Receive = 0xc0502100;

    /// <summary>SECCOMP_IOCTL_NOTIF_ID_VALID.</summary>
    public const nuint IsStillWaiting = 0x40082102;

    public ulong Id;
    public int Task;
    public uint Flags;
    public int Number;
    public uint Architecture;
    public ulong InstructionPointer;
    public ulong Argument0;
    public ulong Argument1;
    public ulong Argument2;
    public ulong Argument3;
    public ulong Argument4;
    public ulong Argument5;
}

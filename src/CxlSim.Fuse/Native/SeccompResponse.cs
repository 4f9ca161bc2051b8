using System.Runtime.InteropServices;

namespace CxlSim.Fuse.Native;

/// <summary><c>struct seccomp_notif_resp</c> (<c>linux/seccomp.h</c>).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SeccompResponse
{
    /// <summary>SECCOMP_IOCTL_NOTIF_SEND.</summary>
    public const nuint Send = 0xc0182101;

    /// <summary>SECCOMP_USER_NOTIF_FLAG_CONTINUE: the host's kernel serves the call.</summary>
    public const uint Continue = 1;

    public ulong Id;
    public long Value;

    /// <summary>Negative errno.</summary>
    public int Error;
    public uint Flags;
}

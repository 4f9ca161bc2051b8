using System.Runtime.InteropServices;
using CxlSim.Session;

namespace CxlSim.Fuse.Native;

/// <summary><c>struct fuse_file_info</c> (libfuse 3.14, <c>fuse_common.h</c>).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FuseFileInfo
{
    /// <summary>Bit 1 of the bit fields: reads and writes pass by the page cache.</summary>
    public const uint DirectIo = 1 << 1;

    /// <summary>Bit 4: the file has no position that a seek could change.</summary>
    public const uint NotSeekable = 1 << 4;

    private const int AccessMode = 3;
    private const int WriteOnly = 1;
    private const int Append = 0x400; // O_APPEND, O_NONBLOCK of x86-64
    private const int NonBlocking = 0x800;

    public int Flags;
    public uint Bits;
    public uint Padding;
    public ulong Handle;
    public ulong LockOwner;
    public uint PollEvents;

    /// <summary>The flags of open(2), as far as the tree asks for them.</summary>
    public readonly OpenFlags OpenFlags =>
        ((Flags & AccessMode) != WriteOnly ? OpenFlags.Read : OpenFlags.None)
        | ((Flags & AccessMode) != 0 ? OpenFlags.Write : OpenFlags.None)
        | ((Flags & Append) != 0 ? OpenFlags.Append : OpenFlags.None)
        | ((Flags & NonBlocking) != 0 ? OpenFlags.NonBlocking : OpenFlags.None);
}

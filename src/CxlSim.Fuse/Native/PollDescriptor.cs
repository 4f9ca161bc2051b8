using System.Runtime.InteropServices;

namespace CxlSim.Fuse.Native;

/// <summary><c>struct pollfd</c> (<c>poll.h</c>).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollDescriptor
{
    public const short Readable = 1;

    public int Descriptor;
    public short Events;
    public short Returned;
}

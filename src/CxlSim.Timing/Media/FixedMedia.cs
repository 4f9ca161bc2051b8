using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>A medium that is never busy.</summary>
/// <param name="read">From the request to the data.</param>
/// <param name="write">From the request to its acceptance.</param>
public sealed class FixedMedia(SimDuration read, SimDuration write) : IMedia
{
    public SimTime Access(SimTime now, ulong address, AccessKind kind) => now + (kind == AccessKind.Read ? read : write);

    public SimDuration Quickest => read;
}

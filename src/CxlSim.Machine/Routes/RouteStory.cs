using CxlSim.Core;

namespace CxlSim.Machine;

/// <summary>The way of an address, level by level, to a byte of a device or to where it ended.</summary>
/// <param name="Address">What a CPU issues.</param>
/// <param name="Levels">From the windows down; at least one.</param>
/// <param name="Device">The last device on the way; null where none was reached.</param>
/// <param name="Dram">The system memory that has the address; null where none does.</param>
public sealed record RouteStory(Hpa Address, IReadOnlyList<RouteLevel> Levels, RouteDevice? Device, AddressRange? Dram)
{
    /// <summary>How it ended.</summary>
    public RouteOutcome Outcome => Levels[^1].Outcome;

    /// <summary>The byte of the device; null for a miss.</summary>
    public Dpa? Dpa => Outcome == RouteOutcome.Hit && Levels[^1] is { Base: { } start, Offset: { } offset } ? start + offset : null;
}

using CxlSim.Engine;

namespace CxlSim.Views;

/// <summary>Something that took its time.</summary>
/// <param name="Name">What.</param>
/// <param name="Start">Since power-on.</param>
/// <param name="End">Not before the start.</param>
public sealed record TrackSlice(string Name, SimTime Start, SimTime End)
{
    /// <summary>More about it, by name.</summary>
    public IReadOnlyList<(string Name, string Value)> Details { get; init; } = [];

    /// <summary>What it is made of, within it; none begins before the one before it ends.</summary>
    public IReadOnlyList<TrackSlice> Parts { get; init; } = [];
}

using CxlSim.Engine;

namespace CxlSim.Views;

/// <summary>Something that took no time.</summary>
/// <param name="Name">What.</param>
/// <param name="Time">Since power-on.</param>
public sealed record TrackInstant(string Name, SimTime Time)
{
    /// <summary>More about it, by name.</summary>
    public IReadOnlyList<(string Name, string Value)> Details { get; init; } = [];
}

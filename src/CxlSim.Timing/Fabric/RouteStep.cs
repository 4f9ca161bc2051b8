using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>A place on a route.</summary>
/// <param name="station">What an access comes to there.</param>
/// <param name="behind">In whose buffer at the receiver it is until it leaves; null for a place of the station's own.</param>
internal readonly struct RouteStep(SimHandler station, MessageChannel? behind)
{
    public readonly SimHandler Station = station;
    public readonly MessageChannel? Behind = behind;
}

using CxlSim.Engine;

namespace CxlSim.Views;

/// <summary>Figures from a time on.</summary>
/// <param name="Time">Since power-on.</param>
/// <param name="Values">One for each series of the counter.</param>
public sealed record TrackSample(SimTime Time, IReadOnlyList<double> Values);

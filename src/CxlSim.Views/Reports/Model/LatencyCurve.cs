namespace CxlSim.Views;

/// <summary>How long accesses take under load, measured or simulated.</summary>
/// <param name="Name">What was loaded, and how.</param>
/// <param name="Points">By load.</param>
public sealed record LatencyCurve(string Name, IReadOnlyList<LatencyPoint> Points);

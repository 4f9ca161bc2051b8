namespace CxlSim.Session;

/// <summary>Latency under load of a mix.</summary>
/// <param name="Mix">Which.</param>
/// <param name="Points">By falling load.</param>
public sealed record LoadCurve(TrafficMix Mix, IReadOnlyList<LoadPoint> Points);

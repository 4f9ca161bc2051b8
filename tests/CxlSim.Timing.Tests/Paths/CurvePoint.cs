namespace CxlSim.Timing.Tests.Paths;

/// <summary>A point of a curve of latency under load.</summary>
/// <param name="Reads">Percent; the others are writes.</param>
/// <param name="Gigabytes">Data of both directions, GB/s.</param>
/// <param name="Nanoseconds">Latency of reads; null where only the bandwidth is known.</param>
public sealed record CurvePoint(int Reads, double Gigabytes, double? Nanoseconds);

namespace CxlSim.Views;

/// <summary>One load of a latency curve.</summary>
/// <param name="Bandwidth">GB/s that went through.</param>
/// <param name="Latency">Nanoseconds of an access.</param>
public sealed record LatencyPoint(double Bandwidth, double Latency);

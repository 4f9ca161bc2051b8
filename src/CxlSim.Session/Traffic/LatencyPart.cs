using CxlSim.Timing;

namespace CxlSim.Session;

/// <summary>A stretch of the path of reads.</summary>
/// <param name="Where">Link or memory.</param>
/// <param name="What">Which part of it.</param>
/// <param name="Times">What each passing took; null for what takes the same time each.</param>
/// <param name="MeanNs">On average over those that pass.</param>
/// <param name="ShareNs">What of the mean read latency is spent here: reads that pass elsewhere count as none.</param>
public sealed record LatencyPart(string Where, string What, LatencyHistogram? Times, double MeanNs, double ShareNs);

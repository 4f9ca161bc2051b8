namespace CxlSim.Session;

/// <summary>What a mix gets at most.</summary>
/// <param name="Mix">Which.</param>
/// <param name="MegabytesPerSecond">10^6 bytes.</param>
public sealed record MixBandwidth(TrafficMix Mix, double MegabytesPerSecond);

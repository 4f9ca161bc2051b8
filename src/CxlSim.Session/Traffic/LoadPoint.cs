namespace CxlSim.Session;

/// <summary>A point of a curve of latency under load.</summary>
/// <param name="Delay">MLC's injected delay.</param>
/// <param name="LatencyNs">Of the thread that measures it, on average.</param>
/// <param name="MegabytesPerSecond">Of all threads together; 10^6 bytes.</param>
public sealed record LoadPoint(int Delay, double LatencyNs, double MegabytesPerSecond);

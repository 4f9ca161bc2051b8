namespace CxlSim.Session.Tests.Traffic;

/// <summary>A point of the measured curves.</summary>
/// <param name="Memory">cxl or ddr5.</param>
/// <param name="From">local or remote-socket.</param>
/// <param name="Cores">Traffic threads.</param>
/// <param name="Mix">MLC's code.</param>
/// <param name="Delay">MLC's injected delay.</param>
/// <param name="Nanoseconds">Of the latency thread.</param>
/// <param name="Gigabytes">GB/s of all threads.</param>
public sealed record MeasuredPoint(string Memory, string From, int Cores, string Mix, int Delay, double Nanoseconds, double Gigabytes);

namespace CxlSim.Platform;

/// <summary>The way from a socket to another. Fitted to an idle expander of the other socket at 485 ns, and to its bandwidth: 20.3 GB/s of reads, 30 GB/s of writes (EuroSys 2024, raw logs).</summary>
public sealed record SocketLinkDescription
{
    /// <summary>Each way.</summary>
    public double LatencyNs { get; init; } = 115;

    /// <summary>How soon the next line that was read follows.</summary>
    public double ReadEveryNs { get; init; } = 3.15;

    /// <summary>How soon the next line that is written is acknowledged.</summary>
    public double WriteEveryNs { get; init; } = 2.13;

    /// <summary>Reads that a core keeps under way once they take twice as long as at rest: prefetchers hold back. By Little's law, 1030 ns at 20.3 GB/s and 16 cores.</summary>
    public int CoreReads { get; init; } = 20;
}

namespace CxlSim.Platform;

/// <summary>What a core keeps under way. By Little's law from the same logs as <see cref="SocketLinkDescription"/>: 803 ns at 48 GB/s and 16 cores are 38 lines each.</summary>
public sealed record CoreDescription
{
    /// <summary>Reads, with prefetchers running as far ahead as they do.</summary>
    public int Reads { get; init; } = 38;

    /// <summary>Reads of each stream where the core pauses between its lines: prefetchers keep a distance. By the same law, 508 to 567 ns at 47 GB/s and short pauses are 23 to 26.</summary>
    public int StreamReads { get; init; } = 24;

    public int Writes { get; init; } = 28;

    /// <summary>Reads and writes together.</summary>
    public int Lines { get; init; } = 50;
}

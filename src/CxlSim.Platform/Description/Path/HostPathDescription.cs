namespace CxlSim.Platform;

/// <summary>The sockets' part of an access: cores, what lies between them and a host bridge, DRAM, and the way to the other socket.</summary>
public sealed record HostPathDescription
{
    public static HostPathDescription Default { get; } = new();

    /// <summary>From a core through caches and fabric to a host bridge and back, together. Fitted to the 250 ns that an idle expander takes (EuroSys 2024, raw logs).</summary>
    public double BridgeNs { get; init; } = 86;

    /// <summary>The same to DRAM of the socket. Fitted to the 96 ns of the same logs.</summary>
    public double DramNs { get; init; } = 55;

    /// <summary>Of each node. Two DIMMs, as a sub-NUMA node of the same machine has them.</summary>
    public MediaDescription Dram { get; init; } = new() { Ranks = 4, ClosesRows = true, WriteBuffer = 12 };

    /// <summary>How soon a node's controllers take the next line: 68 GB/s, what the same logs show at most.</summary>
    public double DramLineEveryNs { get; init; } = 0.94;

    /// <summary>Reads that a core keeps under way to DRAM once they take twice as long as at rest. By Little's law, 267 ns at 68 GB/s and 16 cores, with writes a little more.</summary>
    public int DramCoreReads { get; init; } = 19;

    public SocketLinkDescription SocketLink { get; init; } = new();

    public CoreDescription Core { get; init; } = new();
}

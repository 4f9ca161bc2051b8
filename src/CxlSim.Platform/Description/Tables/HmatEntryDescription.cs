namespace CxlSim.Platform;

/// <summary>How fast one proximity domain reaches the memory of another, as the HMAT says it. Null: not said.</summary>
public sealed record HmatEntryDescription
{
    /// <summary>Proximity domain of the CPUs.</summary>
    public required uint Initiator { get; init; }

    /// <summary>Proximity domain of the memory or generic port.</summary>
    public required uint Target { get; init; }

    /// <summary>Reading and writing alike, nanoseconds.</summary>
    public required uint? LatencyNs { get; init; }

    public required uint? ReadLatencyNs { get; init; }

    public required uint? WriteLatencyNs { get; init; }

    /// <summary>Reading and writing alike, MB/s.</summary>
    public required uint? BandwidthMBs { get; init; }

    public required uint? ReadBandwidthMBs { get; init; }

    public required uint? WriteBandwidthMBs { get; init; }
}

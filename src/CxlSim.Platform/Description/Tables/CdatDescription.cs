namespace CxlSim.Platform;

/// <summary>What a device says of its own speed.</summary>
/// <param name="ReadLatencyNs">DSLBIS read latency, nanoseconds.</param>
/// <param name="WriteLatencyNs">DSLBIS write latency, nanoseconds.</param>
/// <param name="ReadBandwidthMBs">DSLBIS read bandwidth, MB/s.</param>
/// <param name="WriteBandwidthMBs">DSLBIS write bandwidth, MB/s.</param>
public sealed record CdatDescription(int ReadLatencyNs, int WriteLatencyNs, int ReadBandwidthMBs, int WriteBandwidthMBs)
{
    public CdatHeaderDescription Header { get; init; } = CdatHeaderDescription.Default;

    /// <summary>The records as the file states them; null: derived from capacities and speeds.</summary>
    public IReadOnlyList<CdatRecordDescription>? Records { get; init; }
}

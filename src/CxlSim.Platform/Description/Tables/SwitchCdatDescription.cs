namespace CxlSim.Platform;

/// <summary>What a switch says of the ways through it.</summary>
/// <param name="LatencyNs">Between the upstream and any downstream port, nanoseconds.</param>
/// <param name="BandwidthMBs">Likewise, MB/s.</param>
public sealed record SwitchCdatDescription(int LatencyNs, int BandwidthMBs)
{
    /// <summary>QEMU's switch: 150 ns and 16 GiB/s.</summary>
    public static readonly SwitchCdatDescription Default = new(150, 16_384);

    public CdatHeaderDescription Header { get; init; } = CdatHeaderDescription.Default;

    /// <summary>The records as the file states them; null: derived from the ports.</summary>
    public IReadOnlyList<CdatRecordDescription>? Records { get; init; }
}

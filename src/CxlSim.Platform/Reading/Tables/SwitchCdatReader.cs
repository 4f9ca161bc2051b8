using CxlSim.Platform.Language;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Reading;

/// <summary>Reads <c>cdat:</c> of a switch.</summary>
internal static class SwitchCdatReader
{
    /// <summary>An entry has 16 bits, of which the highest number is reserved.</summary>
    private const ulong MostLatency = 0xfffe;
    private const ulong MostBandwidth = 1_000_000;

    public static readonly KeySet Keys = new("a switch's CDAT",
    [
        new("latency_ns", Shapes.Number(1, MostLatency), $"Nanoseconds. Left out: {SwitchCdatDescription.Default.LatencyNs}."),
        new("bandwidth_mbs", Shapes.Number(1, MostBandwidth), $"MB/s. Left out: {SwitchCdatDescription.Default.BandwidthMBs}."),
        .. CdatReader.Keys,
    ]);

    public static SwitchCdatDescription Read(ReadContext context, YamlNode? node)
    {
        SwitchCdatDescription known = SwitchCdatDescription.Default;
        return node is null || MappingReader.Open(context, node, Keys) is not { } reader ? known : new SwitchCdatDescription(
            reader.Number<int>("latency_ns") ?? known.LatencyNs,
            reader.Number<int>("bandwidth_mbs") ?? known.BandwidthMBs)
        {
            Header = CdatReader.ReadHeader(reader),
            Records = CdatReader.ReadRecords(context, reader),
        };
    }
}

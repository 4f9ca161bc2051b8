using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Reading;

/// <summary>Reads what the memory section says of distances (<c>distances:</c>) and of latency and bandwidth (<c>hmat:</c>).</summary>
internal static class HmatReader
{
    /// <summary>Both tables grow with the square of the domains; so many always fit the tables' room.</summary>
    private const ulong HighestDomain = 63;

    /// <summary>An entry has two bytes, of which 0 says nothing and the highest "unreachable" (ACPI 6.5 5.2.27.4).</summary>
    private const ulong LongestLatency = ushort.MaxValue - 1;

    private const ulong LargestBandwidth = 1 << 24;

    private static readonly KeySet DistanceKeys = new("a distance", ["from", "to", "distance"], []);

    private static readonly KeySet Keys = new(
        "an entry of the HMAT",
        ["initiator", "target"],
        ["latency", "read_latency", "write_latency", "bandwidth", "read_bandwidth", "write_bandwidth"]);

    public static DistanceDescription? ReadDistance(ReadContext context, YamlNode node)
    {
        if (MappingReader.Open(context, node, DistanceKeys) is not { } reader)
        {
            return null;
        }

        uint? from = reader.Number<uint>("from", 0, HighestDomain);
        uint? to = reader.Number<uint>("to", 0, HighestDomain);
        byte? distance = reader.Number<byte>("distance", 10, byte.MaxValue);
        return from is { } f && to is { } t && distance is { } d ? new DistanceDescription(f, t, d) : null;
    }

    public static HmatEntryDescription? Read(ReadContext context, YamlNode node)
    {
        if (MappingReader.Open(context, node, Keys) is not { } reader)
        {
            return null;
        }

        uint? initiator = reader.Number<uint>("initiator", 0, HighestDomain);
        uint? target = reader.Number<uint>("target", 0, HighestDomain);
        HmatEntryDescription entry = new()
        {
            Initiator = initiator ?? 0,
            Target = target ?? 0,
            LatencyNs = reader.Number<uint>("latency", 1, LongestLatency),
            ReadLatencyNs = reader.Number<uint>("read_latency", 1, LongestLatency),
            WriteLatencyNs = reader.Number<uint>("write_latency", 1, LongestLatency),
            BandwidthMBs = reader.Number<uint>("bandwidth", 1, LargestBandwidth),
            ReadBandwidthMBs = reader.Number<uint>("read_bandwidth", 1, LargestBandwidth),
            WriteBandwidthMBs = reader.Number<uint>("write_bandwidth", 1, LargestBandwidth),
        };
        return initiator is null || target is null ? null : context.Register(entry, reader.Mapping);
    }
}

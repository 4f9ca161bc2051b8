using CxlSim.Platform.Language;
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

    private static readonly Shape Latency = Shapes.Number(1, LongestLatency);

    private static readonly Shape Bandwidth = Shapes.Number(1, LargestBandwidth);

    public static readonly KeySet DistanceKeys = new("a distance",
    [
        Key.Required("from", Shapes.Number(0, HighestDomain), "Proximity domain of the CPUs or devices that ask."),
        Key.Required("to", Shapes.Number(0, HighestDomain), "Proximity domain of the memory."),
        Key.Required("distance", Shapes.Number(0, byte.MaxValue), "The SLIT's entry; 10 is local, 255 unreachable. Counts both ways unless the other way is given too."),
    ]);

    public static readonly KeySet Keys = new("an entry of the HMAT",
    [
        Key.Required("initiator", Shapes.Number(0, HighestDomain), "Proximity domain of the CPUs."),
        Key.Required("target", Shapes.Number(0, HighestDomain), "Proximity domain of the memory or generic port."),
        new("latency", Latency, "Reading and writing alike, nanoseconds."),
        new("read_latency", Latency, "Nanoseconds."),
        new("write_latency", Latency, "Nanoseconds."),
        new("bandwidth", Bandwidth, "Reading and writing alike, MB/s."),
        new("read_bandwidth", Bandwidth, "MB/s."),
        new("write_bandwidth", Bandwidth, "MB/s."),
    ]);

    public static DistanceDescription? ReadDistance(ReadContext context, YamlNode node)
    {
        if (MappingReader.Open(context, node, DistanceKeys) is not { } reader)
        {
            return null;
        }

        uint? from = reader.Number<uint>("from");
        uint? to = reader.Number<uint>("to");
        byte? distance = reader.Number<byte>("distance");
        return from is { } f && to is { } t && distance is { } d ? context.Register(new DistanceDescription(f, t, d), reader.Mapping) : null;
    }

    public static HmatEntryDescription? Read(ReadContext context, YamlNode node)
    {
        if (MappingReader.Open(context, node, Keys) is not { } reader)
        {
            return null;
        }

        uint? initiator = reader.Number<uint>("initiator");
        uint? target = reader.Number<uint>("target");
        HmatEntryDescription entry = new()
        {
            Initiator = initiator ?? 0,
            Target = target ?? 0,
            LatencyNs = reader.Number<uint>("latency"),
            ReadLatencyNs = reader.Number<uint>("read_latency"),
            WriteLatencyNs = reader.Number<uint>("write_latency"),
            BandwidthMBs = reader.Number<uint>("bandwidth"),
            ReadBandwidthMBs = reader.Number<uint>("read_bandwidth"),
            WriteBandwidthMBs = reader.Number<uint>("write_bandwidth"),
        };
        return initiator is null || target is null ? null : context.Register(entry, reader.Mapping);
    }
}

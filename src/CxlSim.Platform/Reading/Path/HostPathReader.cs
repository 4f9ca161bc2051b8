using CxlSim.Platform.Language;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Reading;

/// <summary>Reads <c>timing: {host: ...}</c>; the defaults stand in <see cref="HostPathDescription"/>, each with its source.</summary>
internal static class HostPathReader
{
    private const int MostLines = 4096;

    private static readonly KeySet CoreKeys = new("a core",
    [
        new("reads", Shapes.Number(1, MostLines), "Reads under way."),
        new("stream_reads", Shapes.Number(1, MostLines), "Reads of each stream under way where the core pauses between its lines."),
        new("writes", Shapes.Number(1, MostLines), "Writes under way."),
        new("lines", Shapes.Number(2, MostLines), "Reads and writes under way together."),
    ]);

    private static readonly KeySet SocketKeys = new("the way to another socket",
    [
        new("latency", Shapes.Duration, "Each way."),
        new("read_every", Shapes.Duration, "How soon the next line that was read follows."),
        new("write_every", Shapes.Duration, "How soon the next line that is written is acknowledged."),
        new("core_reads", Shapes.Number(1, MostLines), "Reads that a core keeps under way to the other socket once they take twice as long as at rest."),
    ]);

    public static readonly KeySet Keys = new("the host's path",
    [
        new("bridge", Shapes.Duration, "From a core to a host bridge and back, together."),
        new("dram", Shapes.Mapping(() => MediaReader.Keys), "DRAM of each node."),
        new("dram_latency", Shapes.Duration, "From a core to its socket's DRAM and back, together, without the DRAM's own time; a nanosecond at least."),
        new("dram_line_every", Shapes.Duration, "How soon a node's DRAM takes the next line."),
        new("dram_core_reads", Shapes.Number(1, MostLines), "Reads that a core keeps under way to DRAM once they take twice as long as at rest."),
        new("socket_link", Shapes.Mapping(() => SocketKeys), "The way from a socket to another."),
        new("core", Shapes.Mapping(() => CoreKeys), "What a core keeps under way."),
    ]);

    public static HostPathDescription Read(ReadContext context, YamlNode? node)
    {
        HostPathDescription known = HostPathDescription.Default;
        return node is null || MappingReader.Open(context, node, Keys) is not { } reader ? known : new HostPathDescription
        {
            BridgeNs = reader.PathTime("bridge") ?? known.BridgeNs,
            DramNs = reader.PathTime("dram_latency") ?? known.DramNs,
            Dram = MediaReader.Read(context, reader.Node("dram"), known.Dram),
            DramLineEveryNs = reader.PathTime("dram_line_every") ?? known.DramLineEveryNs,
            DramCoreReads = reader.Number<int>("dram_core_reads") ?? known.DramCoreReads,
            SocketLink = ReadSocket(context, reader.Node("socket_link"), known.SocketLink),
            Core = ReadCore(context, reader.Node("core"), known.Core),
        };
    }

    private static SocketLinkDescription ReadSocket(ReadContext context, YamlNode? node, SocketLinkDescription known) =>
        node is null || MappingReader.Open(context, node, SocketKeys) is not { } reader ? known : new SocketLinkDescription
        {
            LatencyNs = reader.PathTime("latency") ?? known.LatencyNs,
            ReadEveryNs = reader.PathTime("read_every") ?? known.ReadEveryNs,
            WriteEveryNs = reader.PathTime("write_every") ?? known.WriteEveryNs,
            CoreReads = reader.Number<int>("core_reads") ?? known.CoreReads,
        };

    private static CoreDescription ReadCore(ReadContext context, YamlNode? node, CoreDescription known) =>
        node is null || MappingReader.Open(context, node, CoreKeys) is not { } reader ? known : new CoreDescription
        {
            Reads = reader.Number<int>("reads") ?? known.Reads,
            StreamReads = reader.Number<int>("stream_reads") ?? known.StreamReads,
            Writes = reader.Number<int>("writes") ?? known.Writes,
            Lines = reader.Number<int>("lines") ?? known.Lines,
        };
}

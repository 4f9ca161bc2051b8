using CxlSim.Platform.Language;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Reading;

/// <summary>Reads <c>media:</c> of a device, and <c>dram:</c> of the host.</summary>
internal static class MediaReader
{
    private const int MostWrites = 1024;

    public static readonly (string Word, MediaKind Value)[] Kinds = [("fixed", MediaKind.Fixed), ("ddr4-3200", MediaKind.Ddr4At3200), ("ddr5-4800", MediaKind.Ddr5At4800)];

    public static readonly (string Word, int Value)[] Powers = [("1", 1), ("2", 2), ("4", 4), ("8", 8), ("16", 16), ("32", 32)];

    public static readonly (string Word, bool Closes)[] Rows = [("open", false), ("closed", true)];

    public static readonly KeySet Keys = new("media",
    [
        new("kind", Shapes.Words(Kinds.Select(kind => kind.Word)), "Fixed media take the same time for each access; the others have banks, rows, refresh and a bus that turns."),
        new("read", Shapes.Duration, "Of fixed media."),
        new("write", Shapes.Duration, "Until fixed media accept a write."),
        new("channels", Shapes.Words(Powers.Select(power => power.Word)), "Independent channels of DRAM; a DIMM of DDR5 has two."),
        new("ranks", Shapes.Words(Powers.Select(power => power.Word)), "Of each channel."),
        new("rows", Shapes.Words(Rows.Select(rows => rows.Word)), "Whether a row stays open after an access."),
        new("write_buffer", Shapes.Number(1, MostWrites), "Writes that a channel collects before it turns its bus."),
    ]);

    public static MediaDescription Read(ReadContext context, YamlNode? node, MediaDescription known) =>
        node is null || MappingReader.Open(context, node, Keys) is not { } reader ? known : known with
        {
            Kind = reader.Choice("kind", Kinds) ?? known.Kind,
            ReadNs = reader.PathTime("read") ?? known.ReadNs,
            WriteNs = reader.PathTime("write") ?? known.WriteNs,
            Channels = reader.Choice("channels", Powers) ?? known.Channels,
            Ranks = reader.Choice("ranks", Powers) ?? known.Ranks,
            ClosesRows = reader.Choice("rows", Rows) ?? known.ClosesRows,
            WriteBuffer = reader.Number<int>("write_buffer") ?? known.WriteBuffer,
        };
}

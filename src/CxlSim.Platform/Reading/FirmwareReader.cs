using CxlSim.Platform.Language;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Reading;

/// <summary>Reads <c>firmware:</c>.</summary>
internal static class FirmwareReader
{
    /// <summary>Widths of the fields in an ACPI table header (ACPI 6.5 5.2.6).</summary>
    public const int OemIdLength = 6;
    public const int OemTableIdLength = 8;
    public const int CreatorIdLength = 4;

    private static readonly (string Word, FirmwareDecoders Decoders)[] DecoderWords =
        [("os", FirmwareDecoders.Os), ("programmed", FirmwareDecoders.Programmed), ("locked", FirmwareDecoders.Locked)];

    public static readonly KeySet Keys = new("the firmware",
    [
        new("decoders", Shape.Words(DecoderWords.Select(word => word.Word)), "Who programs HDM decoders: the operating system, or firmware, which may lock them. Left out: os."),
        new("oem_id", Shape.Text, "OEM id in every ACPI table, at most 6 characters. Left out: CXLSIM."),
        new("oem_table_id", Shape.Text, "OEM table id in every ACPI table, at most 8 characters. Left out: CXLSIM01."),
        new("oem_revision", Shape.Number(0, uint.MaxValue), "OEM revision in every ACPI table. Left out: 1."),
        new("creator_id", Shape.Text, "Creator id in every ACPI table, at most 4 characters. Left out: SIMC."),
        new("creator_revision", Shape.Number(0, uint.MaxValue), "Creator revision in every ACPI table. Left out: 1."),
        new("tables", Shape.Map("signature", Shape.Mapping(() => TableReader.Keys)), "By signature, what is said of one table as a whole."),
    ]);

    public static FirmwareDescription Read(ReadContext context, YamlNode? node)
    {
        MappingReader? reader = node is null ? null : MappingReader.Open(context, node, Keys);
        FirmwareDescription firmware = new()
        {
            Decoders = reader?.Choice("decoders", DecoderWords) ?? FirmwareDecoders.Os,
            OemId = reader?.Text("oem_id", text => WordParser.Ascii(text, OemIdLength)) ?? "CXLSIM",
            OemTableId = reader?.Text("oem_table_id", text => WordParser.Ascii(text, OemTableIdLength)) ?? "CXLSIM01",
            OemRevision = reader?.Number<uint>("oem_revision", 0, uint.MaxValue) ?? 1,
            CreatorId = reader?.Text("creator_id", text => WordParser.Ascii(text, CreatorIdLength)) ?? "SIMC",
            CreatorRevision = reader?.Number<uint>("creator_revision", 0, uint.MaxValue) ?? 1,
            Tables = reader?.Node("tables") is { } tables ? TableReader.Read(context, tables) : new SortedDictionary<string, TableDescription>(StringComparer.Ordinal),
        };
        return reader is null ? firmware : context.Register(firmware, reader.Mapping);
    }
}

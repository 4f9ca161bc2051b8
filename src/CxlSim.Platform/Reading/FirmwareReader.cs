using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Reading;

/// <summary>Reads <c>firmware:</c>.</summary>
internal static class FirmwareReader
{
    /// <summary>Widths of the fields in an ACPI table header (ACPI 6.5 5.2.6).</summary>
    private const int OemIdLength = 6;
    private const int OemTableIdLength = 8;

    private static readonly (string Word, FirmwareDecoders Decoders)[] DecoderWords =
        [("os", FirmwareDecoders.Os), ("programmed", FirmwareDecoders.Programmed), ("locked", FirmwareDecoders.Locked)];

    private static readonly KeySet Keys = new("the firmware", [], ["decoders", "oem_id", "oem_table_id"]);

    public static FirmwareDescription Read(ReadContext context, YamlNode? node)
    {
        MappingReader? reader = node is null ? null : MappingReader.Open(context, node, Keys);
        return new FirmwareDescription(
            reader?.Choice("decoders", DecoderWords) ?? FirmwareDecoders.Os,
            reader?.Text("oem_id", text => WordParser.Ascii(text, OemIdLength)) ?? "CXLSIM",
            reader?.Text("oem_table_id", text => WordParser.Ascii(text, OemTableIdLength)) ?? "CXLSIM01");
    }
}

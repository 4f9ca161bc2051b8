using CxlSim.Platform.Language;
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

    public static readonly KeySet Keys = new("the firmware",
    [
        new("decoders", Shape.Words(DecoderWords.Select(word => word.Word)), "Who programs HDM decoders: the operating system, or firmware, which may lock them. Left out: os."),
        new("oem_id", Shape.Text, "OEM id in every ACPI table, at most 6 characters."),
        new("oem_table_id", Shape.Text, "OEM table id in every ACPI table, at most 8 characters."),
    ]);

    public static FirmwareDescription Read(ReadContext context, YamlNode? node)
    {
        MappingReader? reader = node is null ? null : MappingReader.Open(context, node, Keys);
        return new FirmwareDescription(
            reader?.Choice("decoders", DecoderWords) ?? FirmwareDecoders.Os,
            reader?.Text("oem_id", text => WordParser.Ascii(text, OemIdLength)) ?? "CXLSIM",
            reader?.Text("oem_table_id", text => WordParser.Ascii(text, OemTableIdLength)) ?? "CXLSIM01");
    }
}

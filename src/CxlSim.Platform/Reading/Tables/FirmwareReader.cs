using CxlSim.Platform.Language;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Reading;

/// <summary>Reads <c>firmware:</c>.</summary>
internal static class FirmwareReader
{
    internal static readonly (string Word, FirmwareDecoders Decoders)[] DecoderWords =
        [("os", FirmwareDecoders.Os), ("programmed", FirmwareDecoders.Programmed), ("locked", FirmwareDecoders.Locked)];

    /// <summary>The highest group is 0, and 0 is the answer to every speed.</summary>
    internal static readonly QtgDescription DefaultQtg = new(0, [0]);

    private static readonly KeySet QtgKeys = new("the answer of _DSM",
    [
        new("max", Shapes.Number(0, ushort.MaxValue), "The highest group. Left out: the highest of the ids."),
        new("ids", Shapes.List(Shapes.Number(0, ushort.MaxValue)), "Groups, best first, whatever the speed. Left out: 0 alone."),
    ]);

    public static readonly KeySet Keys = new("the firmware",
    [
        new("decoders", Shapes.Words(DecoderWords.Select(word => word.Word)), "Who programs HDM decoders: the operating system, or firmware, which may lock them. Firmware makes one region of a window that may hold volatile memory, over equal shares of all devices below its targets; where these have not the same number of devices, or one has no volatile memory left, it leaves the window as it is. Left out: os."),
        new("oem_id", Shapes.Text, "OEM id in every ACPI table, at most 6 characters. Left out: CXLSIM."),
        new("oem_table_id", Shapes.Text, "OEM table id in every ACPI table, at most 8 characters. Left out: CXLSIM01."),
        new("oem_revision", Shapes.Number(0, uint.MaxValue), "OEM revision in every ACPI table. Left out: 1."),
        new("creator_id", Shapes.Text, "Creator id in every ACPI table, at most 4 characters. Left out: SIMC."),
        new("creator_revision", Shapes.Number(0, uint.MaxValue), "Creator revision in every ACPI table. Left out: 1."),
        new("qtg", Shapes.Mapping(() => QtgKeys), "What _DSM of the CXL root answers to a question for QoS throttling groups."),
        new("tables", TableReader.Shape, "By signature, what is said of one table as a whole; or the file that holds its bytes, relative to this one. A list of files are several tables of one signature, such as SSDTs."),
    ]);

    public static FirmwareDescription Read(ReadContext context, YamlNode? node)
    {
        MappingReader? reader = node is null ? null : MappingReader.Open(context, node, Keys);
        SortedDictionary<string, TableDescription> tables = TableReader.Read(context, reader?.Node("tables"), out CedtDescription cedt);
        FirmwareDescription firmware = new()
        {
            Decoders = reader?.Choice("decoders", DecoderWords) ?? FirmwareDecoders.Os,
            OemId = reader?.Text("oem_id", text => WordParser.Ascii(text, TableReader.OemIdLength)) ?? "CXLSIM",
            OemTableId = reader?.Text("oem_table_id", text => WordParser.Ascii(text, TableReader.OemTableIdLength)) ?? "CXLSIM01",
            OemRevision = reader?.Number<uint>("oem_revision") ?? 1,
            CreatorId = reader?.Text("creator_id", text => WordParser.Ascii(text, TableReader.CreatorIdLength)) ?? "SIMC",
            CreatorRevision = reader?.Number<uint>("creator_revision") ?? 1,
            Cedt = cedt,
            Qtg = reader?.Node("qtg") is { } qtg ? ReadQtg(context, qtg) : DefaultQtg,
            Tables = tables,
        };
        return reader is null ? firmware : context.Register(firmware, reader.Mapping);
    }

    private static QtgDescription ReadQtg(ReadContext context, YamlNode node)
    {
        if (MappingReader.Open(context, node, QtgKeys) is not { } reader)
        {
            return DefaultQtg;
        }

        IReadOnlyList<ushort> ids = reader.Has("ids") ? reader.Numbers<ushort>("ids") : DefaultQtg.Ids;
        if (ids.Count > byte.MaxValue)
        {
            reader.Refuse("ids", Cxp.OutOfRange, $"found {ids.Count} groups; expected at most 255, as many as an AML package holds");
        }

        return context.Register(new QtgDescription(reader.Number<ushort>("max") ?? ids.Append((ushort)0).Max(), ids), reader.Mapping);
    }
}

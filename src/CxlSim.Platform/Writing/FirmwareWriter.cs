using CxlSim.Platform.Reading;

namespace CxlSim.Platform.Writing;

/// <summary>Writes <c>firmware:</c>, with what is said of single tables.</summary>
internal static class FirmwareWriter
{
    /// <summary>Files of a table, and of those of the same signature behind it.</summary>
    public static IReadOnlyList<(string Name, ReadOnlyMemory<byte> Bytes)> FilesOf(PlatformDescription platform, string signature, TableDescription table) => table.Raw is not { } raw ? []
        : [.. table.Further.Prepend(raw).Select((bytes, index) => ($"{platform.Name.Replace(':', '-')}.{signature}{(index > 0 ? ScalarText.Of((uint)index + 1) : "")}.dat", bytes))];

    public static void Write(YamlText text, PlatformDescription platform) => text.Block("firmware:", () =>
    {
        FirmwareDescription firmware = platform.Firmware;
        text.Entry("decoders", FirmwareReader.DecoderWords.First(word => word.Decoders == firmware.Decoders).Word);
        text.Entry("oem_id", ScalarText.Quoted(firmware.OemId));
        text.Entry("oem_table_id", ScalarText.Quoted(firmware.OemTableId));
        text.Entry("oem_revision", ScalarText.Of(firmware.OemRevision));
        text.Entry("creator_id", ScalarText.Quoted(firmware.CreatorId));
        text.Entry("creator_revision", ScalarText.Of(firmware.CreatorRevision));
        if (firmware.Qtg != FirmwareReader.DefaultQtg)
        {
            text.Entry("qtg", new FlowMapping().Number("max", firmware.Qtg.Max).Add("ids", ScalarText.List(firmware.Qtg.Ids.Select(id => ScalarText.Of(id)))).ToString());
        }

        if (firmware.Tables.Count > 0)
        {
            text.Block("tables:", () =>
            {
                foreach ((string signature, TableDescription table) in firmware.Tables)
                {
                    string[] files = [.. FilesOf(platform, signature, table).Select(file => ScalarText.Quoted(file.Name))];
                    text.Entry(signature, files.Length == 0 ? Header(table, signature == "CEDT" ? firmware.Cedt : null).ToString() : files.Length == 1 ? files[0] : ScalarText.List(files));
                }
            });
        }
    });

    private static FlowMapping Header(TableDescription table, CedtDescription? cedt)
    {
        FlowMapping mapping = new FlowMapping()
            .Number("revision", table.Revision)
            .Add("oem_id", Text(table.OemId))
            .Add("oem_table_id", Text(table.OemTableId))
            .Number("oem_revision", table.OemRevision)
            .Add("creator_id", Text(table.CreatorId))
            .Number("creator_revision", table.CreatorRevision)
            .Number("table_revision", table.TableRevision)
            .Hex("local_apic_address", table.LocalApicAddress)
            .Number("flags", table.Flags)
            .Number("length", table.Length)
            .Number("checksum", table.Checksum)
            .Add("entries", table.Entries is null ? null : ScalarText.List(table.Entries.Select(entry => entry.Signature ?? ScalarText.Hex(entry.Address))))
            .Add("allocations", table.Allocations is null ? null : ScalarText.List(table.Allocations.Select(Allocation)));
        Numbers(mapping, table.Fields);
        foreach ((string key, GenericAddressDescription register) in table.Registers)
        {
            mapping.Add(key, Numbers(new FlowMapping(), register.Fields).ToString());
        }

        return cedt is null ? mapping : Cedt(mapping, cedt);
    }

    private static FlowMapping Numbers(FlowMapping mapping, IReadOnlyDictionary<string, ulong> fields) => fields.Aggregate(mapping, (all, field) => all.Hex(field.Key, field.Value));

    private static string Allocation(McfgAllocationDescription allocation) => new FlowMapping()
        .Hex("base", allocation.Base)
        .Number("segment", allocation.Segment)
        .Number("start_bus", allocation.StartBus)
        .Number("end_bus", allocation.EndBus)
        .Number("reserved", allocation.Reserved)
        .ToString();

    private static FlowMapping Cedt(FlowMapping mapping, CedtDescription cedt) => mapping
        .Add("order", ScalarText.List(cedt.Order.Select(kind => CedtReader.Kinds.First(word => word.Kind == kind).Word)), !cedt.Order.SequenceEqual(CedtReader.Kinds.Select(word => word.Kind)))
        .Add("cxims", cedt.Cxims is null ? null : ScalarText.List(cedt.Cxims.Select(Cxims)))
        .Add("rdpas", ScalarText.List(cedt.Rdpas.Select(Rdpas)), cedt.Rdpas.Count > 0)
        .Number("csds", cedt.Csds)
        .Add("raw", ScalarText.List(cedt.Raw.Select(raw => ScalarText.Bytes(raw.Bytes))), cedt.Raw.Count > 0);

    private static string Cxims(CximsDescription maps) => new FlowMapping()
        .Add("xor_maps", ScalarText.List(maps.Maps.Select(map => ScalarText.Hex(map))))
        .Number("encoded_granularity", maps.EncodedGranularity)
        .Number("map_count", maps.MapCount)
        .ToString();

    private static string Rdpas(RdpasDescription port) => new FlowMapping()
        .Add("bdf", ScalarText.Function(port.Bdf))
        .Hex("address", port.Address)
        .Number("segment", port.Segment)
        .Number("protocol", port.Protocol)
        .ToString();

    private static string? Text(string? text) => text is null ? null : ScalarText.Quoted(text);
}

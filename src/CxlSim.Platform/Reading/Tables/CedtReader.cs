using CxlSim.Core;
using CxlSim.Platform.Language;
using CxlSim.Platform.Yaml;
using CxlSim.Spec.Acpi;
using CxlSim.Spec.Cxl;

namespace CxlSim.Platform.Reading;

/// <summary>Reads what is said of the CEDT beside host bridges and windows.</summary>
internal static class CedtReader
{
    internal static readonly (string Word, CedtRecordKind Kind)[] Kinds =
    [
        ("chbs", CedtRecordKind.Chbs), ("cfmws", CedtRecordKind.Cfmws), ("cxims", CedtRecordKind.Cxims),
        ("rdpas", CedtRecordKind.Rdpas), ("csds", CedtRecordKind.Csds), ("raw", CedtRecordKind.Raw),
    ];

    private static readonly (string Word, byte Value)[] Protocols = [("io", CedtRdpas.ProtocolIo), ("cachemem", CedtRdpas.ProtocolCacheMem)];

    private static readonly KeySet CximsKeys = new("a CXIMS",
    [
        Key.Required("xor_maps", Shapes.List(Shapes.Number()), "Masks of address bits."),
        new("granularity", Shapes.Size, "Of the windows that it serves. Left out: 256 B."),
        new("encoded_granularity", Shapes.Number(0, byte.MaxValue), "HBIG as the table has it. Left out: the granularity."),
        new("map_count", Shapes.Number(0, byte.MaxValue), "What the record claims. Left out: the number of maps."),
    ]);

    private static readonly KeySet RdpasKeys = new("an RDPAS",
    [
        Key.Required("bdf", Shapes.Function, "The event collector."),
        Key.Required("address", Shapes.Number(), "Of the downstream port's RCRB or component registers."),
        new("segment", Shapes.Number(0, ushort.MaxValue), "PCI segment of the collector. Left out: 0."),
        new("protocol", Shapes.Either([Shapes.Words(Protocols.Select(word => word.Word)), Shapes.Number(0, byte.MaxValue)]), "Left out: cachemem."),
    ]);

    public static readonly IReadOnlyList<Key> Keys =
    [
        new("order", Shapes.List(Shapes.Words(Kinds.Select(kind => kind.Word))), "Kinds of record as they come in the table; those left out come last. Left out: chbs, cfmws, cxims, rdpas, csds, raw."),
        new("cxims", Shapes.List(Shapes.Mapping(() => CximsKeys)), "XOR maps; left out, those of the windows."),
        new("rdpas", Shapes.List(Shapes.Mapping(() => RdpasKeys)), "Downstream ports and their event collectors. Left out: none."),
        new("csds", Shapes.Number(0, ushort.MaxValue), "Capabilities of the system description; left out, there is none."),
        new("raw", Shapes.List(Shapes.Text), "Records as pairs of hexadecimal digits, types and lengths included."),
    ];

    /// <param name="context">Gathers findings.</param>
    /// <param name="reader">The table's mapping; null where nothing is said of it.</param>
    public static CedtDescription Read(ReadContext context, MappingReader? reader)
    {
        IReadOnlyList<CedtRecordKind> all = [.. Kinds.Select(kind => kind.Kind)];
        IReadOnlyList<CedtRecordKind> order = reader?.Values("order", text => WordParser.Choice(text, Kinds)) ?? all;

        // What the order leaves out comes last, as it always does.
        CedtDescription cedt = new()
        {
            Order = [.. order.Concat(all).Distinct()],
            Cxims = reader is not null && reader.Has("cxims") ? reader.List("cxims", (item, _) => ReadCxims(context, item)) : null,
            Rdpas = reader?.List("rdpas", (item, _) => ReadRdpas(context, item)) ?? [],
            Csds = reader?.Number<ushort>("csds"),
            Raw = reader?.Values("raw", WordParser.Hex) is { } raw ? [.. raw.Select(bytes => context.Register(new CedtRawDescription(bytes), reader.Mapping))] : [],
        };
        return reader is null ? cedt : context.Register(cedt, reader.Mapping);
    }

    private static CximsDescription? ReadCxims(ReadContext context, YamlNode node)
    {
        if (MappingReader.Open(context, node, CximsKeys) is not { } reader)
        {
            return null;
        }

        IReadOnlyList<ulong> maps = reader.Numbers<ulong>("xor_maps");
        ByteSize granularity = reader.Size("granularity", ByteSize.Zero, new ByteSize(Interleave.MaxGranularity)) ?? new ByteSize(Interleave.MinGranularity);
        if (!Interleave.TryEncodeGranularity((int)granularity.Bytes, out byte encoded))
        {
            reader.Refuse("granularity", Cxp.Granularity, $"found a granularity of {granularity}; expected a power of two from 256 B to 16 KiB, or 'encoded_granularity'");
        }

        byte count = reader.Number<byte>("map_count") ?? (byte)Math.Min(maps.Count, byte.MaxValue);
        return context.Register(new CximsDescription(reader.Number<byte>("encoded_granularity") ?? encoded, count, maps), reader.Mapping);
    }

    private static RdpasDescription? ReadRdpas(ReadContext context, YamlNode node) =>
        MappingReader.Open(context, node, RdpasKeys) is not { } reader ? null : context.Register(
            new RdpasDescription(
                reader.Number<ushort>("segment") ?? 0,
                reader.Value("bdf", WordParser.Function) ?? 0,
                reader.Number<ulong>("address") ?? 0,
                reader.ChoiceOrNumber("protocol", Protocols, byte.MaxValue) ?? CedtRdpas.ProtocolCacheMem),
            reader.Mapping);
}

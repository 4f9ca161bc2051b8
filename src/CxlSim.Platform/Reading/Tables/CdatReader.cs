using CxlSim.Core;
using CxlSim.Platform.Language;
using CxlSim.Platform.Yaml;
using CxlSim.Spec.Cxl;

namespace CxlSim.Platform.Reading;

/// <summary>Reads the header and the records that <c>cdat:</c> states field by field, of a device or a switch.</summary>
internal static class CdatReader
{
    /// <summary>CDAT 1.04 2.3.</summary>
    private const int MostDslbisEntries = 3;

    private static readonly (string Word, byte Value)[] Hierarchies =
        [("memory", 0), ("first_level_cache", 1), ("second_level_cache", 2), ("third_level_cache", 3)];

    private static readonly (string Word, byte Value)[] EfiTypes = [("conventional", 0), ("specific_purpose", 1), ("reserved", 2)];

    private static readonly (string Word, ushort Value)[] Ports = [("upstream", CdatRecords.SslbisUpstream), ("any", CdatRecords.SslbisAny)];

    private static readonly KeySet DsmasKeys = new("a DSMAS",
    [
        Key.Required("handle", Shapes.Number(0, byte.MaxValue), "By which other records name the range."),
        Key.Required("base", Shapes.Size, "Where it begins, a DPA."),
        Key.Required("length", Shapes.Size, "Bytes."),
        new("nonvolatile", Shapes.Flag, "The flag of that name. Left out: false."),
        new("shareable", Shapes.Flag, "The flag of that name. Left out: false."),
        new("hardware_coherent", Shapes.Flag, "The flag of that name. Left out: false."),
        new("dynamic_capacity", Shapes.Flag, "The flag of that name. Left out: false."),
        new("read_only", Shapes.Flag, "The flag of that name. Left out: false."),
    ]);

    private static readonly KeySet DslbisKeys = new("a DSLBIS",
    [
        Key.Required("handle", Shapes.Number(0, byte.MaxValue), "Of the DSMAS."),
        Key.Required("data_type", Shapes.Either([Shapes.Words(HmatRecordReader.DataTypes.Select(word => word.Word)), Shapes.Number(0, byte.MaxValue)]), "What the entries are."),
        Key.Required("base_unit", Shapes.Number(), "Picoseconds or MB/s in which the entries count."),
        Key.Required("entries", Shapes.List(Shapes.Number(0, ushort.MaxValue)), "Up to three, of which software reads the first."),
        new("hierarchy", Shapes.Either([Shapes.Words(Hierarchies.Select(word => word.Word)), Shapes.Number(0, byte.MaxValue)]), "Left out: memory."),
    ]);

    private static readonly KeySet DsmscisKeys = new("a DSMSCIS",
    [
        Key.Required("handle", Shapes.Number(0, byte.MaxValue), "Of the DSMAS."),
        Key.Required("size", Shapes.Size, "Of the cache."),
        .. CacheAttributesReader.Keys,
    ]);

    private static readonly KeySet DsisKeys = new("a DSIS",
    [
        Key.Required("handle", Shapes.Number(0, byte.MaxValue), "Of the DSMAS, or the initiator's own."),
        new("memory_attached", Shapes.Flag, "The handle is that of a DSMAS. Left out: false."),
    ]);

    private static readonly KeySet DsemtsKeys = new("a DSEMTS",
    [
        Key.Required("handle", Shapes.Number(0, byte.MaxValue), "Of the DSMAS."),
        Key.Required("efi_type", Shapes.Either([Shapes.Words(EfiTypes.Select(word => word.Word)), Shapes.Number(0, byte.MaxValue)]), "What the range would be in an EFI memory map."),
        Key.Required("length", Shapes.Size, "Bytes."),
        new("offset", Shapes.Size, "From the range's base. Left out: 0."),
    ]);

    private static readonly KeySet PathKeys = new("a path of an SSLBIS",
    [
        Key.Required("x", Shapes.Either([Shapes.Words(Ports.Select(word => word.Word)), Shapes.Number(0, ushort.MaxValue)]), "A port number, or a word."),
        Key.Required("y", Shapes.Either([Shapes.Words(Ports.Select(word => word.Word)), Shapes.Number(0, ushort.MaxValue)]), "A port number, or a word."),
        Key.Required("value", Shapes.Number(0, ushort.MaxValue), "In base units."),
    ]);

    private static readonly KeySet SslbisKeys = new("an SSLBIS",
    [
        Key.Required("data_type", Shapes.Either([Shapes.Words(HmatRecordReader.DataTypes.Select(word => word.Word)), Shapes.Number(0, byte.MaxValue)]), "What the entries are."),
        Key.Required("base_unit", Shapes.Number(), "Picoseconds or MB/s in which the entries count."),
        Key.Required("entries", Shapes.List(Shapes.Mapping(() => PathKeys)), "Ways between two ports."),
    ]);

    private static readonly KeySet RecordKeys = new("a record of a CDAT",
    [
        new("dsmas", Shapes.Mapping(() => DsmasKeys), "A range of device memory."),
        new("dslbis", Shapes.Mapping(() => DslbisKeys), "Latency or bandwidth of a range."),
        new("dsmscis", Shapes.Mapping(() => DsmscisKeys), "A cache before a range."),
        new("dsis", Shapes.Mapping(() => DsisKeys), "The device as an initiator."),
        new("dsemts", Shapes.Mapping(() => DsemtsKeys), "What a range would be in an EFI memory map."),
        new("sslbis", Shapes.Mapping(() => SslbisKeys), "Latency or bandwidth between ports of a switch."),
        new("raw", Shapes.Text, "The record as pairs of hexadecimal digits, its type and length included."),
    ]);

    private static readonly KeySet RawKeys = new("a raw record of a CDAT",
    [
        RawReader.Key,
    ]);

    public static readonly IReadOnlyList<Key> Keys =
    [
        new("revision", Shapes.Number(0, byte.MaxValue), "Left out: 2."),
        new("sequence", Shapes.Number(0, uint.MaxValue), "Left out: 0."),
        new("length", Shapes.Number(0, uint.MaxValue), "What the header says, true or not. Left out: the length."),
        new("checksum", Shapes.Number(0, byte.MaxValue), "What the header says, true or not. Left out: what makes the sum of all bytes 0."),
        new("records", Shapes.List(Shapes.Mapping(() => RecordKeys)), "All records as they are to be; left out, made from capacities, ports and speeds."),
    ];

    public static CdatHeaderDescription ReadHeader(MappingReader reader) => new(
        reader.Number<byte>("revision") ?? CdatHeaderDescription.Default.Revision,
        reader.Number<uint>("sequence") ?? CdatHeaderDescription.Default.Sequence,
        reader.Number<uint>("length"),
        reader.Number<byte>("checksum"));

    /// <summary>Null: none are stated.</summary>
    public static IReadOnlyList<CdatRecordDescription>? ReadRecords(ReadContext context, MappingReader reader) =>
        reader.Has("records") ? reader.List("records", (item, _) => ReadRecord(context, item)) : null;

    private static CdatRecordDescription? ReadRecord(ReadContext context, YamlNode node)
    {
        if (MappingReader.Open(context, node, RecordKeys) is not { } record || record.Kind() is null)
        {
            return null;
        }

        return record.Has("raw") ? RawReader.Read(context, node, RawKeys, bytes => new CdatRawDescription(bytes))
            : Open("dsmas", DsmasKeys) is { } dsmas ? ReadDsmas(dsmas)
            : Open("dslbis", DslbisKeys) is { } dslbis ? ReadDslbis(dslbis)
            : Open("dsmscis", DsmscisKeys) is { } dsmscis ? new DsmscisDescription(Handle(dsmscis), Bytes(dsmscis, "size"), CacheAttributesReader.Read(dsmscis))
            : Open("dsis", DsisKeys) is { } dsis ? new DsisDescription(Bit(dsis, "memory_attached", CdatDsis.FlagMemoryAttached), Handle(dsis))
            : Open("dsemts", DsemtsKeys) is { } dsemts ? new DsemtsDescription(Handle(dsemts), dsemts.ChoiceOrNumber("efi_type", EfiTypes, byte.MaxValue) ?? 0, Bytes(dsemts, "offset"), Bytes(dsemts, "length"))
            : Open("sslbis", SslbisKeys) is { } sslbis ? ReadSslbis(context, sslbis)
            : null;

        MappingReader? Open(string key, KeySet keys) => record.Node(key) is { } value ? MappingReader.Open(context, value, keys) : null;
    }

    private static DsmasDescription ReadDsmas(MappingReader reader)
    {
        int flags = Bit(reader, "nonvolatile", CdatDsmas.FlagNonVolatile) | Bit(reader, "shareable", CdatDsmas.FlagShareable)
            | Bit(reader, "hardware_coherent", CdatDsmas.FlagHardwareCoherent) | Bit(reader, "dynamic_capacity", CdatDsmas.FlagDynamicCapacity)
            | Bit(reader, "read_only", CdatDsmas.FlagReadOnly);
        return new DsmasDescription(Handle(reader), (byte)flags, Bytes(reader, "base"), Bytes(reader, "length"));
    }

    private static DslbisDescription ReadDslbis(MappingReader reader)
    {
        IReadOnlyList<ushort> entries = reader.Numbers<ushort>("entries");
        if (entries.Count > MostDslbisEntries)
        {
            reader.Refuse("entries", Cxp.OutOfRange, $"found {entries.Count} entries; expected up to {MostDslbisEntries}");
        }

        return new DslbisDescription(
            Handle(reader),
            reader.ChoiceOrNumber("hierarchy", Hierarchies, byte.MaxValue) ?? 0,
            reader.ChoiceOrNumber("data_type", HmatRecordReader.DataTypes, byte.MaxValue) ?? 0,
            reader.Number<ulong>("base_unit") ?? 0,
            entries);
    }

    private static SslbisDescription ReadSslbis(ReadContext context, MappingReader reader) => new(
        reader.ChoiceOrNumber("data_type", HmatRecordReader.DataTypes, byte.MaxValue) ?? 0,
        reader.Number<ulong>("base_unit") ?? 0,
        reader.List("entries", (item, _) => MappingReader.Open(context, item, PathKeys) is { } path
            ? new SslbisEntryDescription(
                path.ChoiceOrNumber("x", Ports, ushort.MaxValue) ?? 0, path.ChoiceOrNumber("y", Ports, ushort.MaxValue) ?? 0, path.Number<ushort>("value") ?? 0)
            : null));

    private static byte Handle(MappingReader reader) => reader.Number<byte>("handle") ?? 0;

    private static ulong Bytes(MappingReader reader, string key) => reader.Size(key, ByteSize.Zero, new ByteSize(ulong.MaxValue))?.Bytes ?? 0;

    private static byte Bit(MappingReader reader, string key, byte bit) => reader.Flag(key) == true ? bit : (byte)0;
}

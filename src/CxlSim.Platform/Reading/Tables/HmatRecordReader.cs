using CxlSim.Core;
using CxlSim.Platform.Language;
using CxlSim.Platform.Yaml;
using CxlSim.Spec.Acpi;

namespace CxlSim.Platform.Reading;

/// <summary>Reads the records of <c>hmat:</c> that are stated field by field: <c>proximity</c>, <c>locality</c>, <c>cache</c>, <c>raw</c>.</summary>
internal static class HmatRecordReader
{
    public static readonly (string Word, byte Type)[] DataTypes =
    [
        ("access_latency", 0), ("read_latency", 1), ("write_latency", 2), ("access_bandwidth", 3), ("read_bandwidth", 4), ("write_bandwidth", 5),
    ];

    private static readonly (string Word, byte Hierarchy)[] Hierarchies =
        [("memory", 0), ("first_level_cache", 1), ("second_level_cache", 2), ("third_level_cache", 3)];

    private static readonly (string Word, ushort Mode)[] AddressModes = [("unknown", 0), ("extended_linear", HmatCache.ModeExtendedLinear)];

    private static readonly KeySet RawKeys = new("a raw record of the HMAT",
    [
        RawReader.Key,
    ]);

    private static readonly KeySet ProximityKeys = new("proximity domain attributes",
    [
        Key.Required("memory", Shapes.Number(0, uint.MaxValue), "Proximity domain of the memory."),
        new("initiator", Shapes.Number(0, uint.MaxValue), "Proximity domain that the memory is attached to. Left out: 0, and not valid."),
        new("initiator_valid", Shapes.Flag, "Left out: true where an initiator is said."),
        new("memory_valid", Shapes.Flag, "Of revision 1. Left out: false."),
    ]);

    private static readonly KeySet LocalityKeys = new("a locality record",
    [
        Key.Required("data_type", Shapes.Either([Shapes.Words(DataTypes.Select(word => word.Word)), Shapes.Number(0, byte.MaxValue)]), "What the entries are."),
        Key.Required("base_unit", Shapes.Number(), "Picoseconds or MB/s in which the entries count."),
        Key.Required("initiators", Shapes.List(Shapes.Number(0, uint.MaxValue)), "Proximity domains, a row of entries for each."),
        Key.Required("targets", Shapes.List(Shapes.Number(0, uint.MaxValue)), "Proximity domains, a column of entries for each."),
        Key.Required("entries", Shapes.List(Shapes.List(Shapes.Number(0, ushort.MaxValue))), "Rows; 0 says nothing, 0xffff is unreachable."),
        new("hierarchy", Shapes.Either([Shapes.Words(Hierarchies.Select(word => word.Word)), Shapes.Number(0, HmatLocality.HierarchyMask)]), "Left out: memory."),
        new("minimum_transfer", Shapes.Flag, "The flag of the minimum transfer size. Left out: false."),
        new("minimum_transfer_size", Shapes.Number(0, byte.MaxValue), "Left out: 0."),
        new("non_sequential", Shapes.Flag, "The flag of that name. Left out: false."),
    ]);

    private static readonly KeySet CacheKeys = new("a memory-side cache",
    [
        Key.Required("memory", Shapes.Number(0, uint.MaxValue), "Proximity domain of the memory."),
        Key.Required("size", Shapes.Size, "Of the cache."),
        new("address_mode", Shapes.Either([Shapes.Words(AddressModes.Select(word => word.Word)), Shapes.Number(0, ushort.MaxValue)]), "Left out: unknown."),
        new("smbios_handles", Shapes.List(Shapes.Number(0, ushort.MaxValue)), "Left out: none."),
        .. CacheAttributesReader.Keys,
    ]);

    private static readonly KeySet RecordKeys = new("a record of the HMAT",
    [
        new("proximity", Shapes.Mapping(() => ProximityKeys), "Memory proximity domain attributes, type 0."),
        new("locality", Shapes.Mapping(() => LocalityKeys), "Latencies or bandwidths, type 1."),
        new("cache", Shapes.Mapping(() => CacheKeys), "A memory-side cache, type 2."),
    ]);

    public static readonly IReadOnlyList<Shape> Forms = [Shapes.Mapping(() => RecordKeys), Shapes.Mapping(() => RawKeys)];

    /// <summary>Whether an item of the list is such a record.</summary>
    public static bool Is(YamlNode node) => node is YamlMapping mapping && (mapping.Has("raw") || RecordKeys.All.Any(mapping.Has));

    public static HmatRecordDescription? Read(ReadContext context, YamlNode node)
    {
        if (node is YamlMapping { } mapping && mapping.Has("raw"))
        {
            return RawReader.Read(context, node, RawKeys, bytes => new HmatRawDescription(bytes));
        }

        MappingReader reader = MappingReader.Open(context, node, RecordKeys)!;
        return reader.Kind() switch
        {
            "proximity" => ReadProximity(context, reader.Node("proximity")!),
            "locality" => ReadLocality(context, reader.Node("locality")!),
            "cache" => ReadCache(context, reader.Node("cache")!),
            _ => null,
        };
    }

    private static HmatProximityDescription? ReadProximity(ReadContext context, YamlNode node)
    {
        if (MappingReader.Open(context, node, ProximityKeys) is not { } reader)
        {
            return null;
        }

        bool initiatorValid = reader.Flag("initiator_valid") ?? reader.Has("initiator");
        bool memoryValid = reader.Flag("memory_valid") ?? false;
        int flags = (initiatorValid ? HmatProximity.FlagInitiatorValid : 0) | (memoryValid ? HmatProximity.FlagMemoryValid : 0);
        uint memory = reader.Number<uint>("memory") ?? 0;
        return context.Register(new HmatProximityDescription(memory, reader.Number<uint>("initiator") ?? 0, (ushort)flags), reader.Mapping);
    }

    private static HmatLocalityDescription? ReadLocality(ReadContext context, YamlNode node)
    {
        if (MappingReader.Open(context, node, LocalityKeys) is not { } reader)
        {
            return null;
        }

        int flags = (reader.ChoiceOrNumber("hierarchy", Hierarchies, HmatLocality.HierarchyMask) ?? 0)
            | (reader.Flag("minimum_transfer") == true ? HmatLocality.FlagMinimumTransfer : 0)
            | (reader.Flag("non_sequential") == true ? HmatLocality.FlagNonSequential : 0);
        return context.Register(
            new HmatLocalityDescription
            {
                Flags = (byte)flags,
                DataType = reader.ChoiceOrNumber("data_type", DataTypes, byte.MaxValue) ?? 0,
                MinimumTransfer = reader.Number<byte>("minimum_transfer_size") ?? 0,
                BaseUnit = reader.Number<ulong>("base_unit") ?? 0,
                Initiators = reader.Numbers<uint>("initiators"),
                Targets = reader.Numbers<uint>("targets"),
                Entries = reader.Rows<ushort>("entries"),
            },
            reader.Mapping);
    }

    private static HmatCacheDescription? ReadCache(ReadContext context, YamlNode node) =>
        MappingReader.Open(context, node, CacheKeys) is not { } reader ? null : context.Register(
            new HmatCacheDescription
            {
                Memory = reader.Number<uint>("memory") ?? 0,
                Size = reader.Size("size", ByteSize.Zero, new ByteSize(ulong.MaxValue))?.Bytes ?? 0,
                Attributes = CacheAttributesReader.Read(reader),
                AddressMode = reader.ChoiceOrNumber("address_mode", AddressModes, ushort.MaxValue) ?? 0,
                SmbiosHandles = reader.Numbers<ushort>("smbios_handles"),
            },
            reader.Mapping);
}

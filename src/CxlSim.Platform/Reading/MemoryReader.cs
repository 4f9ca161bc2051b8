using CxlSim.Core;
using CxlSim.Platform.Defaults;
using CxlSim.Platform.Yaml;
using CxlSim.Spec.Efi;

namespace CxlSim.Platform.Reading;

/// <summary>Reads <c>memory:</c>, in its short form or node by node, and what firmware says of it.</summary>
internal static class MemoryReader
{
    /// <summary>An APIC id is a byte in the SRAT record, and 255 addresses all of them.</summary>
    private const ulong MostCpus = 255;

    private static readonly KeySet ShortKeys = new("the memory", [], ["dram", "cpus", "efi", "srat", "distances", "hmat"]);

    private static readonly KeySet NodesKeys = new("the memory with 'nodes'", ["nodes"], ["efi", "srat", "distances", "hmat"]);

    private static readonly KeySet NodeKeys = new("a memory node", ["pxm"], ["size", "cpus", "ranges"]);

    private static readonly KeySet EfiKeys = new("an EFI entry", ["range", "type"], ["sp"]);

    private static readonly (string Word, EfiMemoryType Type)[] EfiTypes =
    [
        ("reserved", EfiMemoryType.Reserved),
        ("loader_code", EfiMemoryType.LoaderCode),
        ("loader_data", EfiMemoryType.LoaderData),
        ("boot_services_code", EfiMemoryType.BootServicesCode),
        ("boot_services_data", EfiMemoryType.BootServicesData),
        ("runtime_services_code", EfiMemoryType.RuntimeServicesCode),
        ("runtime_services_data", EfiMemoryType.RuntimeServicesData),
        ("conventional", EfiMemoryType.Conventional),
        ("unusable", EfiMemoryType.Unusable),
        ("acpi_reclaim", EfiMemoryType.AcpiReclaim),
        ("acpi_nvs", EfiMemoryType.AcpiNvs),
        ("mmio", EfiMemoryType.MemoryMappedIo),
        ("memory_mapped_io_port", EfiMemoryType.MemoryMappedIoPort),
        ("pal_code", EfiMemoryType.PalCode),
        ("persistent", EfiMemoryType.Persistent),
    ];

    public static MemoryDescription Read(ReadContext context, YamlNode? node)
    {
        bool byNode = node is YamlMapping mapping && mapping.Has("nodes");
        MappingReader? reader = node is null ? null : MappingReader.Open(context, node, byNode ? NodesKeys : ShortKeys);
        IReadOnlyList<DramNodeDescription> nodes = byNode
            ? reader!.List("nodes", (item, _) => ReadNode(context, item))
            : [ReadShort(context, reader)];
        nodes = DramLayout.Fill(context, nodes);
        bool noSrat = reader?.Node("srat") is YamlScalar { Text: "none" };
        return new MemoryDescription
        {
            Nodes = nodes,
            Efi = reader is not null && reader.Has("efi")
                ? [.. reader.List("efi", (item, _) => ReadEfi(context, item)).OrderBy(e => e.Range.Start)]
                : EfiDefaults.Of(nodes),
            Srat = noSrat ? null
                : reader is not null && reader.Has("srat") ? SratReader.Read(context, reader)
                : SratDefaults.Of(nodes),
            Distances = reader?.List("distances", (item, _) => HmatReader.ReadDistance(context, item)) ?? [],
            Hmat = reader?.List("hmat", (item, _) => HmatReader.Read(context, item)) ?? [],
        };
    }

    private static DramNodeDescription ReadShort(ReadContext context, MappingReader? reader)
    {
        ByteSize size = reader?.Size("dram", ByteSize.Page, new ByteSize(AddressSpace.Limit)) ?? ByteSize.GiB(4);
        DramNodeDescription node = new(0, size, reader?.Number<int>("cpus", 1, MostCpus) ?? 1, []);
        return reader is null ? node : context.Register(node, reader.Mapping);
    }

    private static DramNodeDescription? ReadNode(ReadContext context, YamlNode node)
    {
        if (MappingReader.Open(context, node, NodeKeys) is not { } reader)
        {
            return null;
        }

        if (!reader.Has("size") && !reader.Has("ranges"))
        {
            reader.Refuse("size", Cxp.MissingKey, "a memory node without 'size'; expected that key or 'ranges'");
        }

        IReadOnlyList<AddressRange> ranges = reader.Values("ranges", ScalarParser.Range) ?? [];
        ByteSize sum = new(ranges.Aggregate(0UL, (total, range) => AddressSpace.Add(total, range.Size.Bytes)));
        ByteSize size = reader.Size("size", ByteSize.Zero, new ByteSize(AddressSpace.Limit)) ?? sum;
        if (ranges.Count > 0 && size != sum && reader.IsSound("ranges") && reader.IsSound("size"))
        {
            reader.Refuse("size", Cxp.OutOfRange, $"found a size of {size}; expected {sum}, the sum of the ranges");
        }

        uint pxm = reader.Number<uint>("pxm", 0, uint.MaxValue) ?? 0;
        return context.Register(new DramNodeDescription(pxm, size, reader.Number<int>("cpus", 0, MostCpus) ?? 1, ranges), reader.Mapping);
    }

    private static EfiEntryDescription? ReadEfi(ReadContext context, YamlNode node)
    {
        if (MappingReader.Open(context, node, EfiKeys) is not { } reader)
        {
            return null;
        }

        AddressRange? range = reader.Range("range");
        EfiMemoryType? type = reader.Choice("type", EfiTypes);
        bool specificPurpose = reader.Flag("sp") ?? false;
        return range is { } r && type is { } t
            ? context.Register(new EfiEntryDescription(r, t, EfiDefaults.AttributesOf(t, specificPurpose)), reader.Mapping)
            : null;
    }
}

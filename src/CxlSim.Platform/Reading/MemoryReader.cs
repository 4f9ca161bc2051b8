using CxlSim.Core;
using CxlSim.Platform.Defaults;
using CxlSim.Platform.Language;
using CxlSim.Platform.Yaml;
using CxlSim.Spec.Efi;

namespace CxlSim.Platform.Reading;

/// <summary>Reads <c>memory:</c>, in its short form or node by node, and what firmware says of it.</summary>
internal static class MemoryReader
{
    private const ulong MostCpus = MemoryDescription.MostCpus;

    private static readonly (string Word, bool IsX2Apic)[] ApicModes = [("local", false), ("x2apic", true)];

    internal static readonly (string Word, uint Type)[] EfiTypes =
    [
        ("reserved", (uint)EfiMemoryType.Reserved),
        ("loader_code", (uint)EfiMemoryType.LoaderCode),
        ("loader_data", (uint)EfiMemoryType.LoaderData),
        ("boot_services_code", (uint)EfiMemoryType.BootServicesCode),
        ("boot_services_data", (uint)EfiMemoryType.BootServicesData),
        ("runtime_services_code", (uint)EfiMemoryType.RuntimeServicesCode),
        ("runtime_services_data", (uint)EfiMemoryType.RuntimeServicesData),
        ("conventional", (uint)EfiMemoryType.Conventional),
        ("unusable", (uint)EfiMemoryType.Unusable),
        ("acpi_reclaim", (uint)EfiMemoryType.AcpiReclaim),
        ("acpi_nvs", (uint)EfiMemoryType.AcpiNvs),
        ("mmio", (uint)EfiMemoryType.MemoryMappedIo),
        ("memory_mapped_io_port", (uint)EfiMemoryType.MemoryMappedIoPort),
        ("pal_code", (uint)EfiMemoryType.PalCode),
        ("persistent", (uint)EfiMemoryType.Persistent),
    ];


    private static readonly KeySet EfiKeys = new("an EFI entry",
    [
        Key.Required("range", Shapes.Range, "Whole pages, the last byte included."),
        Key.Required("type", Shapes.Either([Shapes.Words(EfiTypes.Select(type => type.Word)), Shapes.Number(0, uint.MaxValue)]), "EFI memory type."),
        new("sp", Shapes.Flag, "EFI_MEMORY_SP, specific purpose. Left out: false."),
        new("attributes", Shapes.Number(), "All attribute bits; left out, as the type is cached, and 'sp'."),
    ]);

    private static readonly KeySet NodeKeys = new("a memory node",
    [
        Key.Required("pxm", Shapes.Number(0, uint.MaxValue), "Proximity domain."),
        new("size", Shapes.Size, "DRAM of the node; left out, the sum of 'ranges'."),
        new("cpus", Shapes.Number(0, MostCpus), "Left out: 1. More than 255 in all nodes need 'apic: x2apic'."),
        new("ranges", Shapes.List(Shapes.Range), "Where the DRAM lies; left out, after that of the node before, around the hole below 4 GiB."),
    ]);

    private static readonly Key[] Tables =
    [
        new("efi", Shapes.List(Shapes.Mapping(() => EfiKeys)), "The EFI memory map; left out, as a minimal firmware would leave it."),
        new("srat", SratReader.Shape, "SRAT records in the order of the table, or 'none' for no table; left out, CPUs and DRAM of each node."),
        new("apic", Shapes.Words(ApicModes.Select(mode => mode.Word)), "Which ids name CPUs in derived tables. Left out: local."),
        new("madt", MadtReader.Shape, "MADT records in the order of the table; left out, the nodes' CPUs and an I/O APIC."),
        new("slit", SlitReader.Shape, "The SLIT as a matrix, in place of 'distances'; left out, no table."),
        new("distances", Shapes.List(Shapes.Mapping(() => HmatReader.DistanceKeys)), "Entries of the SLIT; left out, no table."),
        new("hmat", Shapes.List(Shapes.Either([Shapes.Mapping(() => HmatReader.Keys), .. HmatRecordReader.Forms])), "Latency and bandwidth of the HMAT, as entries from which records are made, or as records; left out, no table."),
    ];

    private static readonly KeySet ShortKeys = new("the memory",
    [
        new("dram", Shapes.Size, "DRAM of the only node. Left out: 4 GiB."),
        new("cpus", Shapes.Number(1, MostCpus), "CPUs of the only node. Left out: 1. More than 255 need 'apic: x2apic'."),
        .. Tables,
    ]);

    private static readonly KeySet NodesKeys = new("the memory with 'nodes'",
    [
        Key.Required("nodes", Shapes.List(Shapes.Mapping(() => NodeKeys)), "DRAM and CPUs, node by node."),
        .. Tables,
    ]);

    public static readonly Shape Shape = Shapes.Either([Shapes.Mapping(() => ShortKeys), Shapes.Mapping(() => NodesKeys)]);

    public static MemoryDescription Read(ReadContext context, YamlNode? node)
    {
        bool byNode = node is YamlMapping mapping && mapping.Has("nodes");
        MappingReader? reader = node is null ? null : MappingReader.Open(context, node, byNode ? NodesKeys : ShortKeys);
        IReadOnlyList<DramNodeDescription> nodes = byNode
            ? reader!.List("nodes", (item, _) => ReadNode(context, item))
            : [ReadShort(context, reader)];
        nodes = DramLayout.Fill(context, nodes);
        bool noSrat = reader?.Node("srat") is YamlScalar { Text: "none" };
        bool isX2Apic = reader?.Choice("apic", ApicModes) ?? false;
        SlitDescription? slit = reader is null ? null : SlitReader.Read(context, reader);
        if (slit is not null && reader!.Has("distances"))
        {
            reader.Refuse("slit", Cxp.TableTwice, "found 'slit' beside 'distances'; expected one of them");
        }

        MemoryDescription memory = new()
        {
            Nodes = nodes,
            Efi = reader is not null && reader.Has("efi")
                ? [.. reader.List("efi", (item, _) => ReadEfi(context, item)).OrderBy(e => e.Range.Start)]
                : EfiDefaults.Of(nodes),
            Srat = noSrat ? null
                : reader is not null && reader.Has("srat") ? SratReader.Read(context, reader)
                : SratDefaults.Of(context, nodes, isX2Apic),
            Madt = reader is not null && reader.Has("madt") ? reader.List("madt", (item, _) => MadtReader.Read(context, item)) : null,
            IsX2Apic = isX2Apic,
            Slit = slit,
            Distances = reader?.List("distances", (item, _) => HmatReader.ReadDistance(context, item)) ?? [],
            Hmat = reader?.List("hmat", (item, _) => HmatRecordReader.Is(item) ? null : HmatReader.Read(context, item)) ?? [],
            HmatRecords = reader?.List("hmat", (item, _) => HmatRecordReader.Is(item) ? HmatRecordReader.Read(context, item) : null) ?? [],
        };
        return reader is null ? memory : context.Register(memory, reader.Mapping);
    }

    private static DramNodeDescription ReadShort(ReadContext context, MappingReader? reader)
    {
        ByteSize size = reader?.Size("dram", ByteSize.Page, new ByteSize(AddressSpace.Limit)) ?? ByteSize.GiB(4);
        DramNodeDescription node = new(0, size, reader?.Number<int>("cpus") ?? 1, []);
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

        uint pxm = reader.Number<uint>("pxm") ?? 0;
        return context.Register(new DramNodeDescription(pxm, size, reader.Number<int>("cpus") ?? 1, ranges), reader.Mapping);
    }

    private static EfiEntryDescription? ReadEfi(ReadContext context, YamlNode node)
    {
        if (MappingReader.Open(context, node, EfiKeys) is not { } reader)
        {
            return null;
        }

        AddressRange? range = reader.Range("range");
        EfiMemoryType? type = (EfiMemoryType?)reader.ChoiceOrNumber("type", EfiTypes, uint.MaxValue);
        bool specificPurpose = reader.Flag("sp") ?? false;
        ulong? attributes = reader.Number<ulong>("attributes");
        return range is { } r && type is { } t
            ? context.Register(new EfiEntryDescription(r, t, attributes is { } bits ? (EfiMemoryAttributes)bits : EfiDefaults.AttributesOf(t, specificPurpose)), reader.Mapping)
            : null;
    }
}

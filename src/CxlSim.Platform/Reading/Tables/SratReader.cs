using CxlSim.Core;
using CxlSim.Platform.Language;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Reading;

/// <summary>Reads <c>srat:</c>, record after record.</summary>
internal static class SratReader
{
    private static readonly Key ProximityDomain = Key.Required("pxm", Shapes.Number(0, uint.MaxValue), "Proximity domain.");

    private static readonly Key Enabled = new("enabled", Shapes.Flag, "The enabled flag. Left out: true.");

    private static readonly Key ClockDomain = new("clock_domain", Shapes.Number(0, uint.MaxValue), "Left out: 0.");

    private static readonly Key Transactions = new("architectural_transactions", Shapes.Flag, "The flag of that name. Left out: false.");

    private static readonly KeySet CpuKeys = new("a CPU of the SRAT",
    [
        Key.Required("cpu", Shapes.Number(0, byte.MaxValue), "Local APIC id."),
        ProximityDomain,
        Enabled,
        new("sapic_eid", Shapes.Number(0, byte.MaxValue), "Local SAPIC EID. Left out: 0."),
        ClockDomain,
    ]);

    private static readonly KeySet X2ApicKeys = new("an x2APIC CPU of the SRAT",
    [
        Key.Required("x2apic", Shapes.Number(0, uint.MaxValue), "Local x2APIC id."),
        ProximityDomain,
        Enabled,
        ClockDomain,
    ]);

    private static readonly KeySet PortKeys = new("a generic port of the SRAT",
    [
        Key.Required("generic_port", Shapes.Either([Shapes.Number(0, uint.MaxValue), .. DeviceHandleReader.Forms]), "The host bridge whose way to the CPUs the HMAT describes: its UID, or a device handle."),
        ProximityDomain,
        Enabled,
        Transactions,
    ]);

    private static readonly KeySet InitiatorKeys = new("a generic initiator of the SRAT",
    [
        Key.Required("generic_initiator", Shapes.Either([Shapes.Function, .. DeviceHandleReader.Forms]), "A device that accesses memory: its PCI function, or a device handle."),
        ProximityDomain,
        Enabled,
        Transactions,
    ]);

    private static readonly KeySet RangeKeys = new("a memory range",
    [
        Key.Required("base", Shapes.Number(), "Base address, sound or not."),
        Key.Required("length", Shapes.Size, "May be 0, or lead past all addresses."),
    ]);

    private static readonly KeySet MemoryKeys = new("an SRAT record",
    [
        Key.Required("memory", Shapes.Either([Shapes.Range, Shapes.Mapping(() => RangeKeys)]), "Host physical addresses, the last byte included; or base and length, whatever they are."),
        ProximityDomain,
        Enabled,
        new("hotplug", Shapes.Flag, "The hot-pluggable flag. Left out: false."),
        new("nonvolatile", Shapes.Flag, "The non-volatile flag. Left out: false."),
        new("specific_purpose", Shapes.Flag, "The specific-purpose flag. Left out: false."),
    ]);

    private static readonly KeySet RawKeys = new("a raw record of the SRAT",
    [
        RawReader.Key,
    ]);

    public static readonly Shape Shape = Shapes.Either(
    [
        Shapes.List(Shapes.Either([.. new[] { MemoryKeys, CpuKeys, X2ApicKeys, PortKeys, InitiatorKeys, RawKeys }.Select(keys => Shapes.Mapping(() => keys))])),
        Shapes.Words("none"),
    ]);

    public static IReadOnlyList<SratEntryDescription> Read(ReadContext context, MappingReader memory)
    {
        IReadOnlyList<SratEntryDescription> entries = memory.List("srat", (item, _) => ReadEntry(context, item));
        bool listed = memory.Node("srat") is YamlSequence list && list.Items.Count == entries.Count;
        if (listed && !entries.Any(entry => entry is SratMemoryDescription or SratRawDescription))
        {
            // Linux takes a SRAT without memory for no SRAT (acpi_numa_init in drivers/acpi/numa/srat.c ends with ENOENT).
            string message = "the SRAT has no memory, and Linux takes it for none; expected {memory: RANGE, pxm: N}, or 'srat: none' for no table";
            context.Warning(Cxp.SratWithoutMemory, memory.Node("srat")!.Location, message);
        }

        return entries;
    }

    private static SratEntryDescription? ReadEntry(ReadContext context, YamlNode node)
    {
        Func<ReadContext, YamlNode, SratEntryDescription?> read = (node as YamlMapping)?.Entries.Select(entry => entry.Key.Text).Select(KindOf).FirstOrDefault(kind => kind is not null) ?? ReadMemory;
        return read(context, node);
    }

    private static Func<ReadContext, YamlNode, SratEntryDescription?>? KindOf(string key) => key switch
    {
        "cpu" => ReadCpu,
        "x2apic" => ReadX2Apic,
        "generic_port" => (context, node) => ReadGeneric(context, node, PortKeys, "generic_port"),
        "generic_initiator" => (context, node) => ReadGeneric(context, node, InitiatorKeys, "generic_initiator"),
        "raw" => (context, node) => RawReader.Read(context, node, RawKeys, bytes => new SratRawDescription(bytes)),
        _ => null,
    };

    private static SratCpuDescription? ReadCpu(ReadContext context, YamlNode node)
    {
        if (MappingReader.Open(context, node, CpuKeys) is not { } reader)
        {
            return null;
        }

        byte? id = reader.Number<byte>("cpu");
        uint? pxm = reader.Number<uint>("pxm");
        SratCpuDescription entry = new(pxm ?? 0, id ?? 0)
        {
            Enabled = reader.Flag("enabled") ?? true,
            SapicEid = reader.Number<byte>("sapic_eid") ?? 0,
            ClockDomain = reader.Number<uint>("clock_domain") ?? 0,
        };
        return id is null || pxm is null ? null : context.Register(entry, reader.Mapping);
    }

    private static SratX2ApicDescription? ReadX2Apic(ReadContext context, YamlNode node)
    {
        if (MappingReader.Open(context, node, X2ApicKeys) is not { } reader)
        {
            return null;
        }

        uint? id = reader.Number<uint>("x2apic");
        uint? pxm = reader.Number<uint>("pxm");
        SratX2ApicDescription entry = new(pxm ?? 0, id ?? 0)
        {
            Enabled = reader.Flag("enabled") ?? true,
            ClockDomain = reader.Number<uint>("clock_domain") ?? 0,
        };
        return id is null || pxm is null ? null : context.Register(entry, reader.Mapping);
    }

    private static SratMemoryDescription? ReadMemory(ReadContext context, YamlNode node)
    {
        if (MappingReader.Open(context, node, MemoryKeys) is not { } reader)
        {
            return null;
        }

        (ulong Base, ulong Length)? range = reader.Node("memory") is YamlMapping mapping ? ReadRange(context, mapping)
            : reader.Range("memory") is { } bounds ? (bounds.Start.Value, bounds.Size.Bytes)
            : null;
        uint? pxm = reader.Number<uint>("pxm");
        SratMemoryDescription entry = new(pxm ?? 0, range?.Base ?? 0, range?.Length ?? 0)
        {
            Enabled = reader.Flag("enabled") ?? true,
            HotPluggable = reader.Flag("hotplug") ?? false,
            NonVolatile = reader.Flag("nonvolatile") ?? false,
            SpecificPurpose = reader.Flag("specific_purpose") ?? false,
        };
        return range is null || pxm is null ? null : context.Register(entry, reader.Mapping);
    }

    /// <summary>What a range of first and last byte cannot say: no length, or an end past all addresses.</summary>
    private static (ulong Base, ulong Length)? ReadRange(ReadContext context, YamlMapping node)
    {
        MappingReader reader = MappingReader.Open(context, node, RangeKeys)!;
        ulong? start = reader.Number<ulong>("base");
        ByteSize? length = reader.Size("length", ByteSize.Zero, new ByteSize(ulong.MaxValue));
        return start is { } s && length is { } l ? (s, l.Bytes) : null;
    }

    private static SratGenericDescription? ReadGeneric(ReadContext context, YamlNode node, KeySet keys, string key)
    {
        if (MappingReader.Open(context, node, keys) is not { } reader)
        {
            return null;
        }

        bool isPort = ReferenceEquals(keys, PortKeys);
        DeviceHandleDescription? handle = reader.Node(key) is YamlMapping mapping ? DeviceHandleReader.Read(context, mapping)
            : isPort ? reader.Number<uint>(key) is { } uid ? new AcpiHandleDescription(DeviceHandleReader.HostBridge, uid) : null
            : reader.Value(key, WordParser.Function) is { } bdf ? new PciHandleDescription(0, bdf)
            : null;
        uint? pxm = reader.Number<uint>("pxm");
        return handle is null || pxm is not { } domain ? null : context.Register(
            new SratGenericDescription(domain, isPort, handle)
            {
                Enabled = reader.Flag("enabled") ?? true,
                ArchitecturalTransactions = reader.Flag("architectural_transactions") ?? false,
            },
            reader.Mapping);
    }
}

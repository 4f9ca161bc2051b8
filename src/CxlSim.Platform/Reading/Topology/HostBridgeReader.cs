using CxlSim.Core;
using CxlSim.Platform.Language;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Reading;

/// <summary>Reads one entry of <c>host_bridges:</c>. What depends on other bridges is left for <see cref="Defaults.HostBridgeDefaults"/>.</summary>
internal static class HostBridgeReader
{
    private static readonly (string Word, bool IsCxl)[] Kinds = [("cxl", true), ("pcie", false)];

    private static readonly Key Kind = new("kind", Shapes.Words(Kinds.Select(kind => kind.Word)), "Left out: cxl.");

    private static readonly Key Bus = Key.Required("bus", Shapes.Number(0, 0xff), "The root bus.");

    private static readonly Key LastBus = new("last_bus", Shapes.Number(0, 0xff), "The last bus below it, as _CRS tells; left out, the one before the next bridge's.");

    private static readonly Key Mmio = new("mmio", Shapes.List(Shapes.Range), "Address ranges that the bridge forwards, as _CRS tells; left out, firmware carves them out.");

    private static readonly Key Segment = new("segment", Shapes.Number(0, ushort.MaxValue), "PCI segment: each has buses 0x00 to 0xff of its own. Left out: 0.");

    private static readonly Key ProximityDomain = new("pxm", Shapes.Number(0, uint.MaxValue), "What _PXM says; left out, there is none.");

    private static readonly Key RootPorts = new("root_ports", Shapes.List(Shapes.Mapping(() => PortReader.RootPortKeys)), "CXL root ports and what is plugged into them.");

    private static readonly Key Functions = new("functions", Shapes.List(Shapes.Mapping(() => FunctionReader.Keys)), "Other PCI functions on the root bus.");

    private static readonly (string Word, bool IsRestricted)[] Versions = [("1.1", true), ("2.0", false)];

    private static readonly Key Version = new("cxl", Shapes.Words(Versions.Select(version => version.Word)), "Version of CXL: 1.1 is an RCH with one device in place of root ports. Left out: 2.0.");

    private static readonly KeySet RestrictedKeys = new("a CXL 1.1 host bridge",
    [
        Kind,
        Version,
        Key.Required("uid", Shapes.Number(0, uint.MaxValue), "ACPI _UID: the CHBS UID, the window's target, the id of the dport below root0."),
        Bus,
        LastBus,
        .. RestrictedHostReader.Keys,
        .. BridgeTablesReader.Keys,
        Segment,
        ProximityDomain,
        Mmio,
        Functions,
    ]);

    private static readonly KeySet CxlKeys = new("a CXL host bridge",
    [
        Kind,
        Version,
        Key.Required("uid", Shapes.Number(0, uint.MaxValue), "ACPI _UID: the CHBS UID, the window's target, the id of the dport below root0."),
        Bus,
        LastBus,
        new("component_registers", Shapes.Address, "CHBS base: 64 KiB of component registers; left out, firmware finds a place."),
        new("hdm_decoders", Shapes.Number(0, HdmDecoderCount.Most), $"HDM decoders of the bridge, as for a switch; 0 passes everything through. Left out: 0 with at most one root port where firmware programs no decoders, else {HdmDecoderCount.Default}."),
        InterleaveReader.Key,
        .. BridgeTablesReader.Keys,
        Segment,
        ProximityDomain,
        Mmio,
        RootPorts,
        Functions,
    ]);

    private static readonly KeySet PcieKeys = new("a PCIe host bridge",
    [
        Kind,
        new("uid", Shapes.Number(0, uint.MaxValue), "ACPI _UID. Left out: 0."),
        Bus,
        LastBus,
        Segment,
        ProximityDomain,
        Mmio,
        RootPorts,
        Functions,
    ]);

    public static readonly Shape Shape = Shapes.Either([Shapes.Mapping(() => CxlKeys), Shapes.Mapping(() => RestrictedKeys), Shapes.Mapping(() => PcieKeys)]);

    /// <param name="context">What is known of the file.</param>
    /// <param name="node">The bridge.</param>
    /// <param name="decoders">Firmware that programs decoders needs them in a bridge of a single root port too: Linux finds no region behind a bridge without.</param>
    public static HostBridgeDescription? Read(ReadContext context, YamlNode node, FirmwareDecoders decoders)
    {
        // The kind decides which keys there are, so it is looked at before anything is reported.
        bool isCxl = node is not YamlMapping mapping || mapping.Find("kind")?.Value is not YamlScalar { Text: "pcie" };
        bool isRestricted = isCxl && node is YamlMapping host && host.Find("cxl")?.Value is YamlScalar { Text: "1.1" };
        if (MappingReader.Open(context, node, isRestricted ? RestrictedKeys : isCxl ? CxlKeys : PcieKeys) is not { } reader)
        {
            return null;
        }

        reader.Choice("kind", Kinds);
        reader.Choice("cxl", Versions);
        uint uid = reader.Number<uint>("uid") ?? 0;
        byte bus = reader.Number<byte>("bus") ?? 0;
        byte lastBus = reader.Number<byte>("last_bus") ?? bus;
        if (lastBus < bus)
        {
            reader.Refuse("last_bus", Cxp.OutOfRange, $"found {lastBus} for 'last_bus'; expected no less than the bridge's bus, {bus}");
            lastBus = bus;
        }

        string place = isCxl ? $"uid{uid}" : $"pcie{bus:x2}";
        RestrictedHostDescription? restricted = isRestricted ? RestrictedHostReader.Read(context, reader, place) : null;
        IReadOnlyList<RootPortDescription> rootPorts = isRestricted ? [] : reader.List("root_ports", (item, index) => PortReader.ReadRootPort(context, item, index, place));
        return context.Register(
            new HostBridgeDescription
            {
                Uid = uid,
                Bus = bus,
                LastBus = lastBus,
                Segment = reader.Number<ushort>("segment") ?? 0,
                ProximityDomain = reader.Number<uint>("pxm"),
                Cxl = isCxl ? ReadCxl(context, reader, rootPorts.Count <= 1 && decoders == FirmwareDecoders.Os) with { Restricted = restricted } : null,
                Mmio = reader.Values("mmio", ScalarParser.Range) ?? [],
                RootPorts = rootPorts,
                Functions = reader.List("functions", (item, _) => FunctionReader.Read(context, item)),
            },
            reader.Mapping);
    }

    private static CxlHostBridgeDescription ReadCxl(ReadContext context, MappingReader reader, bool isPassthrough) =>
        new(ComponentRegisters(reader), HdmDecoders(reader, isPassthrough))
        {
            Chbs = BridgeTablesReader.Read(context, reader),
            Osc = BridgeTablesReader.ReadOsc(context, reader),
            Cbr = BridgeTablesReader.ReadCbr(reader),
            Interleave = InterleaveReader.Read(reader),
        };

    /// <summary>Zero where nothing was said; the default depends on DRAM and on the other bridges.</summary>
    private static Hpa ComponentRegisters(MappingReader reader)
    {
        Hpa address = reader.Address("component_registers") ?? Hpa.Zero;
        if (!address.IsAligned(AddressSpace.ComponentRegisters))
        {
            reader.Refuse("component_registers", Cxp.OutOfRange, $"component registers at {address}; expected a multiple of 64 KiB, their size");
        }

        return address;
    }

    /// <summary>A bridge with a single root port passes everything through and needs no decoder (CXL r3.1 8.2.4.20); others get what QEMU gives.</summary>
    private static int HdmDecoders(MappingReader reader, bool isPassthrough) =>
        !reader.Has("hdm_decoders") ? (isPassthrough ? 0 : HdmDecoderCount.Default)
        : reader.Number<int>("hdm_decoders") is not { } count ? HdmDecoderCount.Default
        : count == 0 ? 0
        : HdmDecoderCount.Check(reader, count);
}

using CxlSim.Core;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Reading;

/// <summary>Reads one entry of <c>host_bridges:</c>. What depends on other bridges is left for <see cref="Defaults.HostBridgeDefaults"/>.</summary>
internal static class HostBridgeReader
{
    private static readonly (string Word, bool IsCxl)[] Kinds = [("cxl", true), ("pcie", false)];

    private static readonly KeySet CxlKeys = new(
        "a CXL host bridge", ["uid", "bus"], ["kind", "last_bus", "component_registers", "hdm_decoders", "mmio", "root_ports", "functions"]);

    private static readonly KeySet PcieKeys = new("a PCIe host bridge", ["bus"], ["kind", "uid", "last_bus", "mmio", "root_ports", "functions"]);

    public static HostBridgeDescription? Read(ReadContext context, YamlNode node)
    {
        // The kind decides which keys there are, so it is looked at before anything is reported.
        bool isCxl = node is not YamlMapping mapping || mapping.Find("kind")?.Value is not YamlScalar { Text: "pcie" };
        if (MappingReader.Open(context, node, isCxl ? CxlKeys : PcieKeys) is not { } reader)
        {
            return null;
        }

        reader.Choice("kind", Kinds);
        uint uid = reader.Number<uint>("uid", 0, uint.MaxValue) ?? 0;
        byte bus = reader.Number<byte>("bus", 0, 0xff) ?? 0;
        string place = isCxl ? $"uid{uid}" : $"pcie{bus:x2}";
        IReadOnlyList<RootPortDescription> rootPorts = reader.List("root_ports", (item, index) => PortReader.ReadRootPort(context, item, index, place));
        return context.Register(
            new HostBridgeDescription
            {
                Uid = uid,
                Bus = bus,
                LastBus = reader.Number<byte>("last_bus", bus, 0xff) ?? bus,
                Cxl = isCxl ? new CxlHostBridgeDescription(ComponentRegisters(reader), HdmDecoders(reader, rootPorts.Count)) : null,
                Mmio = reader.Values("mmio", ScalarParser.Range) ?? [],
                RootPorts = rootPorts,
                Functions = reader.List("functions", (item, _) => FunctionReader.Read(context, item)),
            },
            reader.Mapping);
    }

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
    private static int HdmDecoders(MappingReader reader, int rootPorts) =>
        !reader.Has("hdm_decoders") ? (rootPorts <= 1 ? 0 : HdmDecoderCount.Default)
        : reader.Number<int>("hdm_decoders", 0, HdmDecoderCount.Most) is not { } count ? HdmDecoderCount.Default
        : count == 0 ? 0
        : HdmDecoderCount.Check(reader, count);
}

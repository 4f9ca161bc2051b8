using CxlSim.Platform.Language;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Reading;

/// <summary>Reads root ports and switches: downstream ports with what is plugged into them, down to the devices.</summary>
internal static class PortReader
{
    /// <summary>Downstream ports of a switch are devices on its internal bus, function 0 of each.</summary>
    private const int MostSwitchPorts = 32;

    /// <summary>Slot numbers have 13 bits.</summary>
    private const ushort LastSlot = 0x1fff;

    private static readonly KeySet SwitchPortKeys = new("a switch port",
    [
        new("port", Shapes.Number(0, byte.MaxValue), "Port number of the link; left out, the place in the list."),
        new("type3", Shapes.Mapping(() => Type3Reader.Keys), "A Type-3 memory device below the port."),
        new("switch", Shapes.Mapping(KeysOfSwitch), "Another switch below the port."),
    ]);

    private static readonly KeySet SwitchKeys = new("a switch",
    [
        Key.Required("ports", Shapes.List(Shapes.Mapping(() => SwitchPortKeys)), "Downstream ports; each is a device of its own on the switch's bus, at most 32."),
        HdmDecoderCount.Key,
        InterleaveReader.Key,
        new("cdat", Shapes.Mapping(() => SwitchCdatReader.Keys), "What the switch says of the ways through it."),
        PathReader.SwitchKey,
    ]);

    public static readonly KeySet RootPortKeys = new("a root port",
    [
        new("at", Shapes.Slot, "Device and function on the root bus, hexadecimal as lspci prints them; left out, each root port is the next device, function 0."),
        new("port", Shapes.Number(0, byte.MaxValue), "Port number of the link: the dport id, and the byte in a target list; left out, the place in the list."),
        new("hotplug", Shapes.Flag, "Whether the port allows hot-plug: firmware keeps address space free below it. Left out: false."),
        new("slot", Shapes.Number(0, LastSlot), "Physical slot number; left out, the place in the list."),
        new("type3", Shapes.Mapping(() => Type3Reader.Keys), "A Type-3 memory device in the slot."),
        new("switch", Shapes.Mapping(KeysOfSwitch), "A CXL switch in the slot."),
    ]);

    public static RootPortDescription? ReadRootPort(ReadContext context, YamlNode node, int index, string bridge)
    {
        if (MappingReader.Open(context, node, RootPortKeys) is not { } reader)
        {
            return null;
        }

        PciSlot slot = ReadSlot(reader, index);
        byte port = ReadPortNumber(reader, index);
        bool hotplug = reader.Flag("hotplug") ?? false;
        ushort number = reader.Number<ushort>("slot") ?? (ushort)index;
        PciChildDescription? child = ReadChild(context, reader, $"{bridge}-{slot}");
        return context.Register(new RootPortDescription(slot.Device, slot.Function, port, hotplug, number, child), reader.Mapping);
    }

    /// <summary>Without <c>at:</c> every root port is a device of its own, in the order of the list.</summary>
    private static PciSlot ReadSlot(MappingReader reader, int index)
    {
        if (reader.Has("at"))
        {
            return reader.Value("at", WordParser.Slot) ?? default;
        }

        if (index > 0x1f)
        {
            reader.Refuse("at", Cxp.OutOfRange, $"root port {index} of the list without 'at'; expected that key, since a bus has 32 device numbers");
            return default;
        }

        return new PciSlot((byte)index, 0);
    }

    private static byte ReadPortNumber(MappingReader reader, int index)
    {
        if (reader.Has("port"))
        {
            return reader.Number<byte>("port") ?? 0;
        }

        if (index > byte.MaxValue)
        {
            reader.Refuse("port", Cxp.OutOfRange, $"port {index} of the list without 'port'; expected that key, since port numbers end at 255");
            return 0;
        }

        return (byte)index;
    }

    private static PciChildDescription? ReadChild(ReadContext context, MappingReader port, string place)
    {
        if (port.Has("type3") && port.Has("switch"))
        {
            port.Refuse("switch", Cxp.TwoChildren, "a port with both 'type3' and 'switch'; expected one of them");
            return null;
        }

        return port.Node("type3") is { } type3 ? Type3Reader.Read(context, type3, "mem-" + place)
            : port.Node("switch") is { } node ? ReadSwitch(context, node, place)
            : null;
    }

    private static SwitchDescription? ReadSwitch(ReadContext context, YamlNode node, string place)
    {
        if (MappingReader.Open(context, node, SwitchKeys) is not { } reader)
        {
            return null;
        }

        IReadOnlyList<DownstreamPortDescription> ports = reader.List("ports", (item, index) => ReadSwitchPort(context, item, index, place));
        if (ports.Count > MostSwitchPorts)
        {
            reader.Refuse("ports", Cxp.OutOfRange, $"a switch with {ports.Count} ports; expected at most {MostSwitchPorts}, one for each device number");
        }

        return context.Register(
            new SwitchDescription(HdmDecoderCount.Read(reader), ports)
            {
                Cdat = SwitchCdatReader.Read(context, reader.Node("cdat")),
                Interleave = InterleaveReader.Read(reader),
                Path = PathReader.ReadSwitch(context, reader.Node("path")),
            },
            reader.Mapping);
    }

    private static DownstreamPortDescription? ReadSwitchPort(ReadContext context, YamlNode node, int index, string place)
    {
        if (MappingReader.Open(context, node, SwitchPortKeys) is not { } reader)
        {
            return null;
        }

        byte port = ReadPortNumber(reader, index);
        return context.Register(new DownstreamPortDescription(port, ReadChild(context, reader, $"{place}-{index}")), reader.Mapping);
    }

    private static KeySet KeysOfSwitch() => SwitchKeys;
}

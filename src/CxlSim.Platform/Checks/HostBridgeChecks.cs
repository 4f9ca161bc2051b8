using CxlSim.Core;
using CxlSim.Platform.Reading;

namespace CxlSim.Platform.Checks;

/// <summary>Checks host bridges: UIDs, buses, decoders, and what shares a bus or a bridge.</summary>
internal static class HostBridgeChecks
{
    public static void Run(ReadContext context, IReadOnlyList<HostBridgeDescription> bridges)
    {
        CheckUids(context, bridges);
        CheckBuses(context, bridges);
        foreach (HostBridgeDescription bridge in bridges)
        {
            CheckBusCount(context, bridge);
            CheckDecoders(context, bridge);
            CheckSlots(context, bridge);
            CheckPorts(context, bridge.RootPorts, p => p.PortNumber);
            foreach (SwitchDescription node in Topology.Switches(bridge))
            {
                CheckPorts(context, node.Ports, p => p.PortNumber);
            }
        }
    }

    private static void CheckUids(ReadContext context, IReadOnlyList<HostBridgeDescription> bridges)
    {
        IEnumerable<HostBridgeDescription> cxl = bridges.Where(b => b.Cxl is not null && context.IsSound(b, "uid"));
        foreach ((HostBridgeDescription bridge, HostBridgeDescription first) in Repeats.Of(cxl, b => b.Uid))
        {
            string message = $"the CXL host bridge UID {bridge.Uid} is there twice, first at {context.PlaceOf(first, "uid")}; expected another";
            context.Warning(Cxp.UidTwice, context.PlaceOf(bridge, "uid"), message);
        }
    }

    private static void CheckBuses(ReadContext context, IReadOnlyList<HostBridgeDescription> bridges)
    {
        IEnumerable<HostBridgeDescription> sound = bridges.Where(b => context.IsSound(b, "bus") && context.IsSound(b, "last_bus"));
        foreach ((HostBridgeDescription bridge, HostBridgeDescription lower) in Overlaps.Of(sound, Buses))
        {
            string found = $"the buses {Show(bridge)} overlap {Show(lower)} of the host bridge at {context.PlaceOf(lower)}";
            context.Error(Cxp.BusesOverlap, context.PlaceOf(bridge, "bus"), $"{found}; expected bus ranges apart");
        }
    }

    private static void CheckBusCount(ReadContext context, HostBridgeDescription bridge)
    {
        int needed = Topology.BusesBelow(bridge);
        if (bridge.Bus + needed > bridge.LastBus && context.IsSound(bridge, "bus") && context.IsSound(bridge, "last_bus"))
        {
            string found = $"{needed} buses are needed below bus {bridge.Bus:x2} and {bridge.LastBus - bridge.Bus} are left up to {bridge.LastBus:x2}";
            SourceLocation at = context.PlaceOf(bridge, context.Says(bridge, "last_bus") ? "last_bus" : "bus");
            context.Error(Cxp.TooFewBuses, at, $"{found}; expected a higher 'last_bus' or a lower 'bus'");
        }
    }

    private static void CheckDecoders(ReadContext context, HostBridgeDescription bridge)
    {
        if (bridge.Cxl is { HdmDecoders: 0 } && bridge.RootPorts.Count > 1)
        {
            // cxl_port fails to probe such a bridge: only a single dport passes through (drivers/cxl/port.c).
            string message = $"found {bridge.RootPorts.Count} root ports and no HDM decoders; expected decoders, since Linux refuses such a bridge";
            context.Warning(Cxp.BridgeWithoutDecoders, context.PlaceOf(bridge, "hdm_decoders"), message);
        }
    }

    private static void CheckSlots(ReadContext context, HostBridgeDescription bridge)
    {
        IEnumerable<(PciSlot Slot, object Thing)> slots =
        [
            .. bridge.Cxl?.Restricted is { } host ? [(default(PciSlot), (object)host.Device)] : Array.Empty<(PciSlot, object)>(),
            .. bridge.RootPorts.Select(p => (new PciSlot(p.Device, p.Function), (object)p)),
            .. bridge.Functions.Select(f => (new PciSlot(f.Device, f.Function), (object)f)),
        ];
        foreach (((PciSlot slot, object thing), (_, object first)) in Repeats.Of(slots.Where(s => context.IsSound(s.Thing, "at")), s => s.Slot))
        {
            string message = $"{slot} is taken twice on bus 0x{bridge.Bus:x2}, first at {context.PlaceOf(first, "at")}; expected another place";
            context.Error(Cxp.SlotTwice, context.PlaceOf(thing, "at"), message);
        }
    }

    private static void CheckPorts<T>(ReadContext context, IEnumerable<T> ports, Func<T, byte> number)
        where T : class
    {
        foreach ((T port, T first) in Repeats.Of(ports.Where(p => context.IsSound(p, "port")), number))
        {
            string message = $"port number {number(port)} is there twice, first at {context.PlaceOf(first, "port")}; expected another: it is the dport id";
            context.Error(Cxp.PortTwice, context.PlaceOf(port, "port"), message);
        }
    }

    /// <summary>Bus numbers are a range like any other, each segment's behind those of the one before.</summary>
    private static AddressRange Buses(HostBridgeDescription bridge)
    {
        ulong segment = (ulong)bridge.Segment << 8;
        return AddressRange.FromBounds(new Hpa(segment | bridge.Bus), new Hpa(segment | bridge.LastBus));
    }

    private static string Show(HostBridgeDescription bridge) => $"{bridge.Bus:x2}-{bridge.LastBus:x2}";
}

using CxlSim.Core;

namespace CxlSim.Platform;

/// <summary>Walks what is plugged in below a host bridge.</summary>
internal static class Topology
{
    public static IEnumerable<PciChildDescription> Children(HostBridgeDescription bridge) =>
        bridge.Cxl?.Restricted is { } restricted ? [restricted.Device] : bridge.RootPorts.Select(p => p.Child).OfType<PciChildDescription>().SelectMany(SelfAndBelow);

    public static IEnumerable<Type3Description> Devices(HostBridgeDescription bridge) => Children(bridge).OfType<Type3Description>();

    public static IEnumerable<SwitchDescription> Switches(HostBridgeDescription bridge) => Children(bridge).OfType<SwitchDescription>();

    /// <summary>Bus numbers below the root bus: one behind each root port, one inside each switch, one behind each downstream port.</summary>
    public static int BusesBelow(HostBridgeDescription bridge) => bridge.RootPorts.Count + Switches(bridge).Sum(s => 1 + s.Ports.Count);

    public static ulong Capacity(HostBridgeDescription bridge) =>
        Devices(bridge).Aggregate(0UL, (sum, device) => AddressSpace.Add(sum, AddressSpace.Add(device.Volatile.Bytes, device.Persistent.Bytes)));

    public static bool HasPersistent(HostBridgeDescription bridge) => Devices(bridge).Any(d => !d.Persistent.IsZero);

    /// <summary>One past everything that DRAM takes, and never below 4 GiB: what comes by default comes above it.</summary>
    public static ulong EndOfDram(MemoryDescription memory) =>
        memory.Nodes.SelectMany(n => n.Ranges).Select(AddressSpace.End).Append(AddressSpace.HighDram).Max();

    public static AddressRange? RegistersOf(HostBridgeDescription bridge) =>
        bridge.Cxl is { Restricted: { } host } ? (AddressRange.TryCreate(host.Rcrb, RestrictedHostDescription.Room, out AddressRange link) ? link : null)
        : bridge.Cxl is { } cxl && AddressRange.TryCreate(cxl.ComponentRegisters, AddressSpace.ComponentRegisters, out AddressRange range) ? range : null;

    private static IEnumerable<PciChildDescription> SelfAndBelow(PciChildDescription child) =>
        child is SwitchDescription node ? node.Ports.Select(p => p.Child).OfType<PciChildDescription>().SelectMany(SelfAndBelow).Prepend(child) : [child];
}

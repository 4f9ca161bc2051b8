using CxlSim.Platform;

namespace CxlSim.Session;

/// <summary>The way to a device, as the platform file has it: no kernel was asked.</summary>
/// <param name="Device">The device.</param>
/// <param name="Bridge">Its host bridge.</param>
/// <param name="Hops">From the host bridge down.</param>
internal sealed record FuzzWay(Type3Description Device, HostBridgeDescription Bridge, IReadOnlyList<FuzzHop> Hops)
{
    /// <summary>The ways to all devices below root ports, and below switches in them.</summary>
    public static IReadOnlyList<FuzzWay> All(PlatformDescription platform) =>
        [.. platform.HostBridges.Where(bridge => bridge.Cxl is { Restricted: null }).SelectMany(bridge => bridge.RootPorts.SelectMany(port => Below(bridge, port)))];

    private static IEnumerable<FuzzWay> Below(HostBridgeDescription bridge, RootPortDescription port)
    {
        string name = $"host bridge {bridge.Uid}";
        FuzzHop first = new(name, port.PortNumber);
        return port.Child switch
        {
            Type3Description device => [new FuzzWay(device, bridge, [first])],
            SwitchDescription fabric => fabric.Ports.Where(below => below.Child is Type3Description)
                .Select(below => new FuzzWay((Type3Description)below.Child!, bridge, [first, new FuzzHop($"{name} switch at port {port.PortNumber}", below.PortNumber)])),
            _ => [],
        };
    }
}

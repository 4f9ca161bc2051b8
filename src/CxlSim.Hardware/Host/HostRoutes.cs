using CxlSim.Hdm;
using CxlSim.Platform;

namespace CxlSim.Hardware;

/// <summary>The committed decoders of now, compiled: worked out anew when somebody asks after a change, from registers and never from what software believes.</summary>
internal sealed class HostRoutes(IReadOnlyList<WindowDescription> windows, IReadOnlyList<RootBridge> bridges, List<Type3Device> devices)
{
    private RouteTable? _table;

    public RouteTable Table => _table ??= Compile();

    /// <summary>A decoder, or what lies below one, has changed.</summary>
    public void Forget() => _table = null;

    private RouteTable Compile()
    {
        Dictionary<Type3Device, int> numbers = devices.Select((device, number) => (device, number)).ToDictionary(pair => pair.device, pair => pair.number);
        Dictionary<uint, DecodeNode> nodes = [];
        foreach (RootBridge bridge in bridges.Where(bridge => bridge.Description.Cxl is not null))
        {
            nodes.TryAdd(bridge.Description.Uid, bridge.ToDecodeNode(device => numbers[device])); // of two with one UID the first
        }

        return RouteTable.Compile([.. windows.Select((window, number) => ToDecodeWindow(window, nodes, $"window {number}"))]);
    }

    private static DecodeWindow ToDecodeWindow(WindowDescription window, Dictionary<uint, DecodeNode> nodes, string name) =>
        new(window.Range, window.Granularity, [.. window.Targets.Select(nodes.GetValueOrDefault)], window.XorMaps) { Name = name };
}

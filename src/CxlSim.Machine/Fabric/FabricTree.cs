using CxlSim.Platform;
using CxlSim.Timing;

namespace CxlSim.Machine;

/// <summary>The links and devices of a machine, as a platform file places them, each once.</summary>
internal sealed class FabricTree
{
    private readonly MemoryFabric _fabric;
    private readonly HostPathDescription _host;
    private readonly List<FabricLink> _links = [];
    private readonly Dictionary<string, FabricBranch> _branches = [];

    public FabricTree(MemoryFabric fabric, PlatformDescription platform)
    {
        _fabric = fabric;
        _host = platform.Timing.Host;
        uint first = platform.Memory.Nodes.FirstOrDefault(node => node.Cpus > 0)?.ProximityDomain ?? 0;
        foreach (HostBridgeDescription bridge in platform.HostBridges)
        {
            uint domain = bridge.ProximityDomain ?? first;
            if (bridge.Cxl?.Restricted is { } restricted)
            {
                AddDevice(restricted.Device, [], domain, _host.BridgeNs);
            }

            foreach (RootPortDescription port in bridge.RootPorts)
            {
                Add(port.Child, [], domain, _host.BridgeNs, $"host bridge {bridge.Uid} port {port.PortNumber}");
            }
        }
    }

    public IReadOnlyList<FabricLink> Links => _links;

    /// <summary>By the name of the device in the platform file.</summary>
    public IReadOnlyDictionary<string, FabricBranch> Branches => _branches;

    /// <param name="child">What is plugged in.</param>
    /// <param name="above">The links above.</param>
    /// <param name="domain">The proximity domain of the host bridge.</param>
    /// <param name="aboveNs">What the component above takes of an answer.</param>
    /// <param name="place">For names of switches.</param>
    private void Add(PciChildDescription? child, IReadOnlyList<FabricLink> above, uint domain, double aboveNs, string place)
    {
        switch (child)
        {
            case Type3Description device:
                AddDevice(device, above, domain, aboveNs);
                break;
            case SwitchDescription node:
                FabricLink link = NewLink($"switch at {place}", node.Path.Link, aboveNs, node.Path.HopNs, isHost: above.Count == 0);
                foreach (DownstreamPortDescription port in node.Ports)
                {
                    Add(port.Child, [.. above, link], domain, node.Path.HopNs, $"{place}.{port.PortNumber}");
                }

                break;
        }
    }

    private void AddDevice(Type3Description device, IReadOnlyList<FabricLink> above, uint domain, double aboveNs)
    {
        FabricLink link = NewLink(device.Id, device.Path.Link, aboveNs, 0, isHost: above.Count == 0);
        _branches.Add(device.Id, new FabricBranch(domain, [.. above, link], FabricParameters.Of(device.Id, device.Path)));
    }

    private FabricLink NewLink(string name, LinkDescription description, double above, double below, bool isHost)
    {
        FabricLink link = new(_fabric, FabricParameters.Of(name, description, above, below, isHost));
        _links.Add(link);
        return link;
    }
}

using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Hdm;
using CxlSim.Kernel;
using CxlSim.Platform;
using CxlSim.Timing;

namespace CxlSim.Machine;

/// <summary>The machine's memory path in time: links and media as the platform file describes them, addresses as the committed decoders of now send them. On the machine's own clock.</summary>
public sealed class MachineFabric
{
    private readonly Dictionary<uint, SocketMap> _maps = [];
    private readonly HashSet<FabricLink> _socketLinks = [];
    private readonly List<FabricLink> _links;
    private readonly List<MemoryEnd> _memories = [];
    private readonly HashSet<MemoryEnd> _dram = [];

    internal MachineFabric(Simulation simulation, PlatformDescription platform, LinuxKernel? kernel, IReadOnlyList<DeviceInfo> devices, RouteTable table)
    {
        HostPathDescription host = platform.Timing.Host;
        Fabric = new MemoryFabric(simulation);
        FabricTree tree = new(Fabric, platform);
        _links = [.. tree.Links];
        _memories.AddRange(tree.Branches.Values.Select(branch => branch.Memory));
        Sockets = [.. platform.Memory.Nodes.Where(node => node.Cpus > 0).Select(node => new Socket(node.ProximityDomain, node.Cpus, NodeOf(kernel, node.ProximityDomain)))];
        Dictionary<uint, FabricBranch> nodes = platform.Memory.Nodes.ToDictionary(node => node.ProximityDomain, node => DramBranch(node, kernel, host));
        foreach (Socket socket in Sockets)
        {
            Dictionary<uint, FabricLink> ways = [];
            MemoryRoute RouteTo(FabricBranch branch) => branch.ProximityDomain == socket.ProximityDomain || !Sockets.Any(other => other.ProximityDomain == branch.ProximityDomain)
                ? new MemoryRoute(branch.Links, branch.Memory)
                : new MemoryRoute([Way(ways, socket, branch.ProximityDomain, host), .. branch.Links], branch.Memory);
            _maps.Add(socket.ProximityDomain, new SocketMap(
                table,
                [.. devices.Select(device => tree.Branches.TryGetValue(device.Id, out FabricBranch? branch) ? RouteTo(branch) : null)],
                [.. platform.Memory.Nodes.SelectMany(node => RangesOf(node, RouteTo(nodes[node.ProximityDomain])))]));
        }
    }

    public MemoryFabric Fabric { get; }

    /// <summary>From where traffic can come.</summary>
    public IReadOnlyList<Socket> Sockets { get; }

    /// <summary>Between sockets, to switches and devices, in sockets; what leads to a link stands before it.</summary>
    public IReadOnlyList<FabricLink> Links => _links;

    public IReadOnlyList<MemoryEnd> Memories => _memories;

    /// <summary>What addresses are for a socket's cores.</summary>
    public IAddressMap MapOf(Socket socket) => _maps[socket.ProximityDomain];

    /// <summary>Whether a way leads to another socket first.</summary>
    public bool IsRemote(MemoryRoute route) => _socketLinks.Contains(route.Links[0]);

    /// <summary>Whether a way leads to a node's DRAM.</summary>
    public bool IsDram(MemoryRoute route) => _dram.Contains(route.Memory);

    private static int? NodeOf(LinuxKernel? kernel, uint domain) => kernel?.Numa.PossibleNodes.FirstOrDefault(node => node.Domain == domain)?.Id;

    private FabricBranch DramBranch(DramNodeDescription node, LinuxKernel? kernel, HostPathDescription host)
    {
        string name = NodeOf(kernel, node.ProximityDomain) is { } number ? $"DRAM of node{number}" : $"DRAM of domain {node.ProximityDomain}";
        FabricLink mesh = new(Fabric, FabricParameters.OfMesh($"mesh to {name}", host));
        MemoryEnd memory = FabricParameters.OfDram(name, host);
        _links.Add(mesh);
        _memories.Add(memory);
        _dram.Add(memory);
        return new FabricBranch(node.ProximityDomain, [mesh], memory);
    }

    private FabricLink Way(Dictionary<uint, FabricLink> ways, Socket from, uint to, HostPathDescription host)
    {
        if (!ways.TryGetValue(to, out FabricLink? link))
        {
            link = new FabricLink(Fabric, FabricParameters.OfSocketLink($"socket link {from.Name} to domain {to}", host.SocketLink));
            ways.Add(to, link);
            _links.Insert(0, link); // what is above stands first
            _socketLinks.Add(link);
        }

        return link;
    }

    private static IEnumerable<(AddressRange Range, MemoryRoute Route, ulong Base)> RangesOf(DramNodeDescription node, MemoryRoute route)
    {
        ulong start = 0;
        foreach (AddressRange range in node.Ranges)
        {
            yield return (range, route, start);
            start += range.Size.Bytes;
        }
    }
}

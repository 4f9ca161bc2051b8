using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>Nodes, and which addresses belong to which (<c>mm/numa_memblks.c</c>, <c>drivers/acpi/numa/srat.c</c>).</summary>
public sealed class Numa(CpuSubsystem cpus)
{
    public const int NoNode = -1;
    private const int LocalDistance = 10;
    private const int RemoteDistance = 20;
    private readonly CpuSubsystem _cpus = cpus;
    private readonly List<NumaNode> _nodes = [];
    private readonly List<(AddressRange Range, int Node)> _blocks = [];
    private readonly Dictionary<(int From, int To), int> _distances = [];

    /// <summary>Bits of a CPU mask: one more than the highest number of a CPU (<c>nr_cpu_ids</c>).</summary>
    public int CpuIds => _cpus.All.Count;

    /// <summary>Every node that may ever exist, by number.</summary>
    public IReadOnlyList<NumaNode> PossibleNodes => _nodes;

    public IEnumerable<NumaNode> OnlineNodes => _nodes.Where(node => node.IsOnline);

    /// <summary>Ranges of SRAT and of windows without SRAT, in the order in which they were met.</summary>
    public IReadOnlyList<(AddressRange Range, int Node)> Blocks => _blocks;

    public NumaNode Node(int id)
    {
        while (_nodes.Count <= id)
        {
            _nodes.Add(new NumaNode(this, _nodes.Count));
        }

        return _nodes[id];
    }

    public void AddBlock(AddressRange range, int node) => _blocks.Add((range, node));

    public void ReplaceBlocks(IEnumerable<(AddressRange Range, int Node)> blocks)
    {
        List<(AddressRange Range, int Node)> copy = [.. blocks];
        _blocks.Clear();
        _blocks.AddRange(copy);
    }

    /// <summary>Forgets nodes, ranges and distances: tables that contradict themselves count for nothing.</summary>
    public void Reset()
    {
        _nodes.Clear();
        _blocks.Clear();
        _distances.Clear();
    }

    public void SetDistance(int from, int to, int distance) => _distances[(from, to)] = distance;

    public int Distance(int from, int to) => _distances.TryGetValue((from, to), out int distance) ? distance : from == to ? LocalDistance : RemoteDistance;

    /// <summary>The node itself, or the nearest that is online (<c>numa_map_to_online_node</c>).</summary>
    public int OnlineNode(int node) => node == NoNode || node >= _nodes.Count || _nodes[node].IsOnline
        ? node
        : OnlineNodes.MinBy(other => Distance(node, other.Id))?.Id ?? node;

    /// <summary>The node that memory at an address would join; <see cref="NoNode"/> where no table names the address (<c>phys_to_target_node</c>).</summary>
    public int TargetNode(Hpa address)
    {
        foreach ((AddressRange range, int node) in _blocks)
        {
            if (range.Contains(address))
            {
                return node;
            }
        }

        return NoNode;
    }

    /// <summary>The node for an address that is no boot memory: those of other ranges are kept elsewhere, so the first one answers (<c>memory_add_physaddr_to_nid</c>).</summary>
    public int HotAddNode => _blocks.Count > 0 ? _blocks[0].Node : 0;
}

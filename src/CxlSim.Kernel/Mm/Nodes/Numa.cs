using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>Nodes, and which addresses belong to which (<c>mm/numa_memblks.c</c>, <c>drivers/acpi/numa/srat.c</c>).</summary>
public sealed class Numa
{
    public const int NoNode = -1;
    public const int LocalDistance = 10;
    private const int RemoteDistance = 20;
    private readonly CpuSubsystem _cpus;
    private readonly KernelLog _log;
    private readonly List<NumaNode> _nodes = [];
    private readonly List<NumaNode> _possible = [];
    private byte[,]? _distances;
    private bool _hasWarned;

    public Numa(CpuSubsystem cpus, KernelLog log, CommandLine commandLine)
    {
        _cpus = cpus;
        _log = log;
        Memblks = new NumaMemblks(log);
        Order = new NodeOrder(this);
        Domains = new ProximityDomains(commandLine.HasOption("numa", "off"));
    }

    public CpuSubsystem Cpus => _cpus;

    /// <summary>Bits of a CPU mask: one more than the highest number of a CPU (<c>nr_cpu_ids</c>).</summary>
    public int CpuIds => _cpus.All.Count;

    /// <summary>Every node that may ever exist, by number.</summary>
    public IReadOnlyList<NumaNode> PossibleNodes => _possible;

    public IEnumerable<NumaNode> OnlineNodes => _possible.Where(node => node.IsOnline);

    /// <summary>Which addresses belong to which node.</summary>
    public NumaMemblks Memblks { get; }

    public ProximityDomains Domains { get; }

    public NodeOrder Order { get; }

    /// <summary>The SRAT is bad, or not wanted; then the HMAT is not read either (acpi_numa below 0).</summary>
    public bool IsSratDisabled { get; internal set; }

    /// <summary>Ranges that SRAT calls hot-pluggable.</summary>
    internal List<AddressRange> HotPluggable { get; } = [];

    public NumaNode Node(int id)
    {
        while (_nodes.Count <= id)
        {
            _nodes.Add(new NumaNode(this, _nodes.Count));
        }

        return _nodes[id];
    }

    public bool IsPossible(int id) => _possible.Exists(node => node.Id == id);

    /// <summary>Says which nodes may ever exist: those of tables' records and those of RAM (node_possible_map).</summary>
    internal void SetPossible(IEnumerable<int> ids)
    {
        _possible.Clear();
        _possible.AddRange(ids.Distinct().Order().Select(Node));
    }

    /// <summary>Forgets ranges and distances: tables that contradict themselves count for nothing.</summary>
    internal void Reset()
    {
        Memblks.Reset();
        HotPluggable.Clear();
        _distances = null;
    }

    /// <summary>The first one set decides how many nodes have distances; the others have the default ones (<c>numa_set_distance</c>).</summary>
    /// <param name="from">Node.</param>
    /// <param name="to">Node.</param>
    /// <param name="distance">10 between a node and itself.</param>
    /// <param name="highest">The highest node that tables have named by now.</param>
    internal void SetDistance(int from, int to, int distance, int highest)
    {
        if (_distances is null)
        {
            _distances = new byte[highest + 1, highest + 1];
            _log.Debug($"NUMA: Initialized distance table, cnt={highest + 1}");
        }

        bool isKnown = Math.Max(from, to) < _distances.GetLength(0);
        if (isKnown && (byte)distance == distance && (from != to || distance == LocalDistance))
        {
            _distances[from, to] = (byte)distance;
        }
        else if (!_hasWarned)
        {
            _hasWarned = true;
            _log.Warning($"NUMA: the distance from node {from} to node {to} cannot be {distance}{(isKnown ? string.Empty : ": no such node")}; ignored");
        }
    }

    public int Distance(int from, int to)
    {
        int known = _distances is not null && Math.Max(from, to) < _distances.GetLength(0) ? _distances[from, to] : 0;
        return known != 0 ? known : from == to ? LocalDistance : RemoteDistance;
    }

    /// <summary>The node itself, or the nearest that is online (<c>numa_map_to_online_node</c>).</summary>
    public int OnlineNode(int node) => node == NoNode || node >= _nodes.Count || _nodes[node].IsOnline
        ? node
        : OnlineNodes.MinBy(other => Distance(node, other.Id))?.Id ?? node;

    /// <summary>The node that memory at an address would join; <see cref="NoNode"/> where no table names the address.</summary>
    public int TargetNode(Hpa address) => Memblks.TargetNode(address);

    /// <summary>The node that memory joins of which nobody says where it belongs: the one whose boot memory lies around the address, else the first (<c>memory_add_physaddr_to_nid</c>).</summary>
    public int HotAddNode(Hpa address) => Memblks.Memory.Where(block => block.Range.Contains(address)).Select(block => block.Node).Append(Memblks.Memory.Count > 0 ? Memblks.Memory[0].Node : 0).First();
}

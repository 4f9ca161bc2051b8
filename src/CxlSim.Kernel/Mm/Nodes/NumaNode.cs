using System.Globalization;
using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>A NUMA node: <c>pg_data_t</c> and its device nodeN (<c>drivers/base/node.c</c>).</summary>
public sealed class NumaNode : Device
{
    private static readonly string[] StatisticNames = ["numa_hit", "numa_miss", "numa_foreign", "interleave_hit", "local_node", "other_node"];

    private static readonly AttributeGroup Attributes = new(
        Attr<NumaNode>.ReadOnly("cpumap", node => MaskFormat.Of(node.OnlineCpus, node._numa.CpuIds)),
        Attr<NumaNode>.ReadOnly("cpulist", node => ListFormat.Of(node.OnlineCpus)),
        Attr<NumaNode>.ReadOnly("meminfo", node => NodeMeminfo.Render(node)),
        Attr<NumaNode>.ReadOnly("numastat", node => Lines(StatisticNames.Zip(Vmstat.Sum(node, Vmstat.EventsOf).Select(counter => counter.Value)))),
        Attr<NumaNode>.ReadOnly("distance", node => string.Join(' ', node._numa.OnlineNodes.Select(other => node._numa.Distance(node.Id, other.Id)))),
        Attr<NumaNode>.ReadOnly("vmstat", node => Lines(Vmstat.AllOf(node))),
        Attr<NumaNode>.WriteOnly("compact", (_, _) => Errno.Ok)); // free pages are not scattered here

    private readonly Numa _numa;
    private readonly List<Cpu> _cpus = [];
    private readonly SortedDictionary<int, NodeAccess> _accesses = [];
    private Device? _caches;

    public NumaNode(Numa numa, int id)
        : base("node" + id.ToString(CultureInfo.InvariantCulture))
    {
        _numa = numa;
        Id = id;
        Attach(Failures);
    }

    public int Id { get; }

    /// <summary>The proximity domain that it stands for: one of the tables, or the made-up one of a window; null where there is none.</summary>
    public uint? Domain { get; internal set; }

    /// <summary>Whether SRAT names the domain (<c>acpi_node_backed_by_real_pxm</c>).</summary>
    public bool HasRealDomain { get; internal set; }

    /// <summary>Its CPUs, also those that are offline.</summary>
    public IReadOnlyList<Cpu> Cpus => _cpus;

    public IReadOnlyList<Zone> Zones { get; } = [.. Enum.GetValues<ZoneType>().Select(type => new Zone(type))];

    public bool IsOnline { get; internal set; }

    /// <summary>First page of the boot RAM that is kept movable; null where none is.</summary>
    public ulong? MovableStartPfn { get; internal set; }

    /// <summary>A device that accesses memory like a CPU has its place here.</summary>
    public bool IsGenericInitiator { get; internal set; }

    public bool HasMemory => Zones.Any(zone => zone.IsPopulated);

    public bool HasNormalMemory => Zones.Any(zone => zone.Type <= ZoneType.Normal && zone.IsPopulated);

    public bool HasCpu => _cpus.Exists(cpu => cpu.IsOnline);

    public ByteSize ManagedMemory => ByteSize.Page * Sum(zone => zone.ManagedPages);

    public ulong CmaPages => Sum(zone => zone.CmaPages);

    public ulong FreePages => Sum(zone => zone.FreePageCount);

    /// <summary>Free pages of areas for contiguous allocation.</summary>
    public ulong FreeCmaPages => Sum(zone => zone.FreeCma.Total);

    /// <summary>Pages that kswapd has moved to slower nodes.</summary>
    public ulong DemotedPages { get; internal set; }

    /// <summary>Its huge pages of the usual size; null before the node's device is there.</summary>
    public IHugePageCounts? HugePages { get; internal set; }

    /// <summary>What was found broken.</summary>
    public NodeFailures Failures { get; } = new();

    protected override IReadOnlyList<AttributeGroup> DeviceGroups => [Attributes];

    internal IEnumerable<int> OnlineCpus => _cpus.Where(cpu => cpu.IsOnline).Select(cpu => cpu.Number);

    /// <summary>Pages in use for something.</summary>
    public ulong Used(PageUse use) => Sum(zone => zone.Used(use));

    public ulong Sum(Func<Zone, ulong> pages) => Zones.Aggregate(0UL, (sum, zone) => sum + pages(zone));

    public Zone Zone(ZoneType type) => Zones[(int)type];

    /// <summary>What is known of a class of access; null where nothing is.</summary>
    public NodeAccess? Access(int accessClass) => _accesses.GetValueOrDefault(accessClass);

    /// <summary>What CPUs get of it, as it was said last: weights follow from it (<c>mempolicy_set_node_perf</c>).</summary>
    internal AccessCoordinates? Speed { get; private set; }

    /// <summary>Shows what is known of a class of access (<c>node_set_perf_attrs</c>).</summary>
    internal void SetAccess(int accessClass, AccessCoordinates coordinates)
    {
        _ = AccessOf(accessClass);
        UpdateAccess(accessClass, coordinates);
    }

    /// <summary>Renews what is shown of a class of access; a class that is not shown stays so (<c>node_update_perf_attrs</c>).</summary>
    internal void UpdateAccess(int accessClass, AccessCoordinates coordinates)
    {
        if (_accesses.TryGetValue(accessClass, out NodeAccess? shown))
        {
            shown.Coordinates = coordinates;
        }

        Speed = accessClass == 1 ? coordinates : Speed;
    }

    /// <summary>Both nodes show it (<c>register_memory_node_under_compute_node</c>).</summary>
    internal void AddInitiator(int accessClass, NumaNode initiator)
    {
        AccessOf(accessClass).Initiators.Link(initiator.Name, initiator);
        initiator.AccessOf(accessClass).Targets.Link(Name, this);
    }

    /// <summary>False where a cache of this level is there already (<c>node_add_cache</c>).</summary>
    internal bool TryAddCache(HmatCacheLevel cache, bool showsAddressMode)
    {
        if (_caches is null)
        {
            _caches = new Device("memory_side_cache");
            Attach(_caches);
        }

        MemorySideCache device = new(cache, showsAddressMode);
        if (_caches.Children.ContainsKey(device.Name))
        {
            return false;
        }

        _caches.Attach(device);
        return true;
    }

    /// <summary>The node goes: so does what hangs below it.</summary>
    internal void ClearAccess()
    {
        if (_caches is not null)
        {
            Detach(_caches);
            _caches = null;
        }

        foreach (NodeAccess access in _accesses.Values)
        {
            Detach(access);
        }

        _accesses.Clear();
    }

    /// <summary>The last table record on a CPU counts.</summary>
    internal void AddCpu(Cpu cpu)
    {
        cpu.Node?._cpus.Remove(cpu);
        _cpus.Add(cpu);
        cpu.Node = this;
    }

    /// <summary>An emulated node shows the CPUs of its real one too.</summary>
    internal void ShareCpu(Cpu cpu) => _cpus.Add(cpu);

    private NodeAccess AccessOf(int accessClass)
    {
        if (!_accesses.TryGetValue(accessClass, out NodeAccess? access))
        {
            access = new NodeAccess(accessClass);
            _accesses.Add(accessClass, access);
            Attach(access);
        }

        return access;
    }

    private static string Lines(IEnumerable<(string Name, ulong Value)> counters) =>
        string.Join('\n', counters.Select(counter => string.Create(CultureInfo.InvariantCulture, $"{counter.Name} {counter.Value}")));
}

using CxlSim.Engine;
using CxlSim.Spec.Acpi;

namespace CxlSim.Kernel;

/// <summary>Nodes by speed, and where pages are demoted to (<c>mm/memory-tiers.c</c>).</summary>
public sealed class MemoryTiers
{
    /// <summary>Abstract distance of DRAM: 4 * 128 + 64.</summary>
    public const int DramDistance = 576;

    /// <summary>What kmem assumes of memory that nobody describes: five times DRAM.</summary>
    public const int UnknownDistance = 5 * DramDistance;

    private const int ChunkBits = 7;
    private readonly KernelCore _core;
    private readonly Numa _numa;
    private readonly Bus _bus;
    private readonly List<Func<NumaNode, AccessCoordinates?>> _sources = [];
    private readonly Device _directory = new("memory_tiering");
    private readonly Dictionary<int, (int Distance, int Devices)> _distanceOfNode = [];
    private readonly SortedDictionary<int, MemoryTier> _tiers = [];

    public MemoryTiers(KernelCore core, Numa numa)
    {
        _core = core;
        _numa = numa;
        _bus = new Bus(core, "memory_tiering");
        core.Sysfs.Virtual.Attach(_directory);
        core.Sysfs.Kernel.Directory("mm").Attach(Settings);
    }

    public IEnumerable<MemoryTier> Tiers => _tiers.Values;

    /// <summary>/sys/kernel/mm/numa.</summary>
    public NumaSettings Settings { get; } = new();

    /// <summary>Where pages of a node go when it runs short: the best nodes of the next slower tier, and all nodes of all slower tiers; null in the slowest.</summary>
    public (IReadOnlyList<int> Preferred, IReadOnlyList<int> Fallback)? DemotionTargets(NumaNode node)
    {
        int tier = _tiers.Values.FirstOrDefault(tier => tier.Nodes.Contains(node.Id))?.Id ?? int.MaxValue;
        MemoryTier[] slower = [.. _tiers.Values.Where(other => other.Id > tier)];
        return slower.Length == 0 ? null : ([.. _numa.Order.Nearest(node.Id, slower[0].Nodes).Order()], [.. slower.SelectMany(other => other.Nodes)]);
    }

    /// <summary>What DRAM is here; null where nobody says, or where nodes disagree.</summary>
    public AccessCoordinates? Reference { get; private set; }

    /// <summary>Takes the first node with memory and CPUs for the measure of DRAM, if the others are like it (<c>mt_set_default_dram_perf</c>).</summary>
    public bool SetReference(Func<NumaNode, AccessCoordinates?> performance)
    {
        NumaNode? first = null;
        AccessCoordinates reference = default;
        foreach (NumaNode node in _numa.PossibleNodes.Where(node => node.HasMemory && node.HasCpu))
        {
            if (performance(node) is not { } found)
            {
                continue;
            }

            if (found.ReadLatency + (ulong)found.WriteLatency == 0 || found.ReadBandwidth + (ulong)found.WriteBandwidth == 0)
            {
                return false;
            }

            if (first is not null && !IsLike(found, reference))
            {
                LogMismatch(first, reference, node, found);
                _core.Findings.Report(KernelRules.DramDiffers, new TablePlace("HMAT", 0, HmatProximity.FirstRecord), $"nodes {Worded(first, reference)} and {Worded(node, found)}");
                Reference = null;
                return false;
            }

            reference = first is null ? found : reference;
            first ??= node;
            Reference = reference;
        }

        return true;
    }

    private static string Worded(NumaNode node, AccessCoordinates numbers) =>
        $"{node.Id} ({numbers.ReadLatency} and {numbers.WriteLatency} ns, {numbers.ReadBandwidth} and {numbers.WriteBandwidth} MB/s to read and write)";

    /// <summary>Adds one that may know how fast a node's memory is; those that were added before are asked before (<c>register_mt_adistance_algorithm</c>).</summary>
    internal void Ask(Func<NumaNode, AccessCoordinates?> source) => _sources.Add(source);

    /// <summary>How far memory of a node is: from the HMAT, or from a region there; what kmem assumes where neither tells (<c>mt_calc_adistance</c>).</summary>
    public int DistanceOf(NumaNode node, int assumed)
    {
        if (Reference is not { } dram)
        {
            return assumed;
        }

        return _sources.Select(source => source(node) is { } found ? Distance(found, dram) : null).FirstOrDefault(distance => distance is not null) ?? assumed;
    }

    /// <summary>A driver says how far a node's memory is, before it adds it; the first to say so wins.</summary>
    public void SetDistance(NumaNode node, int distance)
    {
        (int Distance, int Devices) said = _distanceOfNode.GetValueOrDefault(node.Id, (distance, 0));
        _distanceOfNode[node.Id] = said.Distance == distance ? (distance, said.Devices + 1) : said;
    }

    /// <summary>A device is gone whose driver had said so; with the last of them the node's distance is open again (<c>clear_node_memory_type</c>).</summary>
    public void ClearDistance(NumaNode node, int distance)
    {
        if (_distanceOfNode.TryGetValue(node.Id, out (int Distance, int Devices) said) && said.Distance == distance)
        {
            _distanceOfNode[node.Id] = said with { Devices = said.Devices - 1 };
            if (said.Devices == 1)
            {
                _distanceOfNode.Remove(node.Id);
            }
        }
    }

    /// <summary>Every node with memory that no driver has spoken for is DRAM (<c>memory_tier_late_init</c>).</summary>
    public async SimTask LateInitAsync()
    {
        foreach (NumaNode node in _numa.PossibleNodes.Where(node => node.HasMemory).ToArray())
        {
            await JoinAsync(node);
        }

        LogDemotion();
    }

    public async SimTask NodeGainedMemoryAsync(NumaNode node)
    {
        await JoinAsync(node);
        LogDemotion();
    }

    public async SimTask NodeLostMemoryAsync(NumaNode node)
    {
        foreach (MemoryTier tier in _tiers.Values.Where(tier => tier.Nodes.Contains(node.Id)).ToArray())
        {
            tier.Nodes.Remove(node.Id);
            if (tier.Nodes.Count == 0)
            {
                _tiers.Remove(tier.Id);
                await _bus.RemoveAsync(tier);
            }
        }

        LogDemotion();
    }

    /// <summary>Against DRAM, each division cut off; null for memory without latency or bandwidth (<c>mt_perf_to_adistance</c>).</summary>
    private static int? Distance(AccessCoordinates memory, AccessCoordinates dram)
    {
        ulong latency = (ulong)memory.ReadLatency + memory.WriteLatency;
        ulong bandwidth = (ulong)memory.ReadBandwidth + memory.WriteBandwidth;
        if (latency == 0 || bandwidth == 0)
        {
            return null;
        }

        UInt128 distance = (UInt128)DramDistance * latency / ((ulong)dram.ReadLatency + dram.WriteLatency) * ((ulong)dram.ReadBandwidth + dram.WriteBandwidth) / bandwidth;
        return (int)UInt128.Min(distance, int.MaxValue);
    }

    /// <summary>No number is off by more than a tenth.</summary>
    private static bool IsLike(AccessCoordinates one, AccessCoordinates reference) =>
        IsNear(one.ReadLatency, reference.ReadLatency) && IsNear(one.WriteLatency, reference.WriteLatency)
        && IsNear(one.ReadBandwidth, reference.ReadBandwidth) && IsNear(one.WriteBandwidth, reference.WriteBandwidth);

    private static bool IsNear(uint one, uint reference) => Math.Abs((long)one - reference) * 10 <= reference;

    private void LogMismatch(NumaNode first, AccessCoordinates reference, NumaNode node, AccessCoordinates found)
    {
        _core.Log.Info($"memory-tiers: the performance of DRAM node {node.Id} mismatches that of the reference");
        _core.Log.Info($"DRAM node {first.Id}.");
        _core.Log.Info($"  performance of reference DRAM node {first.Id} from ACPI HMAT:");
        _core.Log.Info(Numbers(reference));
        _core.Log.Info($"  performance of DRAM node {node.Id} from ACPI HMAT:");
        _core.Log.Info(Numbers(found));
        _core.Log.Info("  disable default DRAM node performance based abstract distance algorithm.");
    }

    private static string Numbers(AccessCoordinates c) =>
        $"    read_latency: {c.ReadLatency}, write_latency: {c.WriteLatency}, read_bandwidth: {c.ReadBandwidth}, write_bandwidth: {c.WriteBandwidth}";

    private async SimTask JoinAsync(NumaNode node)
    {
        int id = (_distanceOfNode.TryGetValue(node.Id, out (int Distance, int Devices) said) ? said.Distance : DistanceOf(node, DramDistance)) >> ChunkBits;
        if (!_tiers.TryGetValue(id, out MemoryTier? tier))
        {
            tier = new MemoryTier(id);
            _tiers.Add(id, tier);
            await _bus.AddAsync(tier, _directory);
        }

        tier.Nodes.Add(node.Id);
    }

    private void LogDemotion()
    {
        foreach (int node in _tiers.Values.SelectMany(tier => tier.Nodes).Order())
        {
            string targets = DemotionTargets(_numa.Node(node)) is var (preferred, fallback)
                ? $"preferred: {ListFormat.Of(preferred)}, fallback: {ListFormat.Of(fallback)}"
                : "null";
            _core.Log.Info($"Demotion targets for Node {node}: {targets}");
        }
    }
}

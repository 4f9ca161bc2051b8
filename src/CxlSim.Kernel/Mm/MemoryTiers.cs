using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>Nodes by speed, and where pages are demoted to (<c>mm/memory-tiers.c</c>).</summary>
public sealed class MemoryTiers
{
    /// <summary>Abstract distance of DRAM: 4 * 128 + 64.</summary>
    public const int DramDistance = 576;

    /// <summary>What kmem assumes of memory that nobody describes: five times DRAM.</summary>
    public const int UnknownDistance = 5 * DramDistance;

    private const int ChunkBits = 7;
    private readonly LinuxKernel _kernel;
    private readonly Bus _bus;
    private readonly Device _directory = new("memory_tiering");
    private readonly Dictionary<int, int> _distanceOfNode = [];
    private readonly SortedDictionary<int, MemoryTier> _tiers = [];

    public MemoryTiers(LinuxKernel kernel)
    {
        _kernel = kernel;
        _bus = new Bus(kernel, "memory_tiering");
        kernel.Sysfs.Virtual.Attach(_directory);
        kernel.Sysfs.Kernel.Directory("mm").Attach(new NumaSettings());
    }

    public IEnumerable<MemoryTier> Tiers => _tiers.Values;

    /// <summary>A driver says how far a node's memory is, before it adds it; the first to say so wins.</summary>
    public void SetDistance(NumaNode node, int distance) => _distanceOfNode.TryAdd(node.Id, distance);

    /// <summary>Every node with memory that no driver has spoken for is DRAM (<c>memory_tier_late_init</c>).</summary>
    public async SimTask LateInitAsync()
    {
        foreach (NumaNode node in _kernel.Numa.PossibleNodes.Where(node => node.HasMemory).ToArray())
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

    private async SimTask JoinAsync(NumaNode node)
    {
        int id = _distanceOfNode.GetValueOrDefault(node.Id, DramDistance) >> ChunkBits;
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
        foreach (MemoryTier tier in _tiers.Values)
        {
            foreach (int node in tier.Nodes)
            {
                _kernel.Log.Info($"Demotion targets for Node {node}: {TargetsOf(tier, node)}");
            }
        }
    }

    /// <summary>Preferred: the nearest nodes of the next slower tier. Fallback: all nodes of all slower tiers.</summary>
    private string TargetsOf(MemoryTier tier, int node)
    {
        MemoryTier[] slower = [.. _tiers.Values.Where(other => other.Id > tier.Id)];
        if (slower.Length == 0)
        {
            return "null";
        }

        int nearest = slower[0].Nodes.Min(other => _kernel.Numa.Distance(node, other));
        IEnumerable<int> preferred = slower[0].Nodes.Where(other => _kernel.Numa.Distance(node, other) == nearest);
        return $"preferred: {ListFormat.Of(preferred)}, fallback: {ListFormat.Of(slower.SelectMany(other => other.Nodes))}";
    }
}

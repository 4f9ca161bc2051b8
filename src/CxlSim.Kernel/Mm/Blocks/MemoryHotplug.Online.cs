using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <content>From offline to online, and the zone that a block goes to.</content>
public sealed partial class MemoryHotplug
{
    /// <summary>Zones as <c>valid_zones</c> shows them: where the block is, or where it could go, the default first.</summary>
    public string ValidZones(MemoryBlock block)
    {
        if (block.State == MemoryBlockState.Online)
        {
            return block.Zone?.Name ?? "none";
        }

        Zone first = ZoneFor(block, OnlineType.Online);
        IEnumerable<Zone> others = new[] { OnlineType.OnlineKernel, OnlineType.OnlineMovable }.Select(type => ZoneFor(block, type)).Where(zone => zone != first);
        return string.Join(' ', others.Prepend(first).Select(zone => zone.Name));
    }

    /// <summary>What a write to <c>state</c> does. EINVAL for an unknown word and for the state that the block has already, ENODEV where it went while the write waited.</summary>
    internal async SimTask<Errno> StoreStateAsync(MemoryBlock block, string word)
    {
        if (!OnlineTypes.TryParse(word, out OnlineType type))
        {
            return Refuse(RefusalRules.BlockWord, Errno.EINVAL, block.Name, $"'{word}' is no state", new NearestChange("write offline, online, online_kernel or online_movable"));
        }

        using SimMutex.Holder holder = await _hotplugLock.LockAsync(); // while somebody waited, the block may have changed its state, or gone
        if (FindBlock(block.Id) != block)
        {
            return Errno.ENODEV;
        }

        if ((type == OnlineType.Offline) == (block.State == MemoryBlockState.Offline))
        {
            NearestChange nearest = new(type == OnlineType.Offline ? "leave it: the block is offline" : $"write offline to {block.Name}/state first, to online it otherwise");
            return Refuse(RefusalRules.BlockState, Errno.EINVAL, block.Name, $"{block.Name} is {block.State}", nearest, ("state", block.State.ToString()), ("zone", block.Zone?.Name ?? "none"));
        }

        return type == OnlineType.Offline ? await OfflineAsync(block) : await OnlineAsync(block, type);
    }

    /// <summary>What a write to <c>online</c> does: a repeated state is success there.</summary>
    internal async SimTask<Errno> StoreOnlineAsync(MemoryBlock block, string value)
    {
        Errno error = Kstrto.Bool(value, out bool online);
        if (error != Errno.Ok || online == (block.State == MemoryBlockState.Online))
        {
            return error;
        }

        return await StoreStateAsync(block, online ? "online" : "offline");
    }

    internal Errno Refuse(KernelRule rule, Errno error, string subject, string reason, NearestChange? nearest = null, params ReadOnlySpan<NamedValue> values) =>
        _core.Refusals.Report(rule, error, subject, reason, nearest, values);

    private async SimTask<Errno> OnlineAsync(MemoryBlock block, OnlineType type)
    {
        using FrameScope frame = _core.Simulation.Enter("memory_block_online", block.Name);
        if (block.PoisonedPages > 0)
        {
            return Refuse(RefusalRules.BlockPoisoned, Errno.EHWPOISON, block.Name, $"{block.PoisonedPages} pages of {block.Name} are broken", null, ("broken pages", HugePagePool.Decimal(block.PoisonedPages)));
        }

        Zone zone = ZoneFor(block, type);
        bool wasEmpty = !zone.IsPopulated;
        bool nodeWasEmpty = !block.Node.HasMemory;
        await _core.Simulation.Delay(_core.Timing.StructPageInit * (long)block.Pages);
        zone.Grow(block.StartPfn, block.Pages);
        zone.AddPages(block.PageRange, block.Pages - block.MemmapPages, block.IsBootMemory);
        block.Group?.Add(zone, block.Pages);
        block.Zone = zone;
        block.State = MemoryBlockState.Online;
        _pages.Release(zone, block.PageRange.Skip(block.MemmapPages));
        if (wasEmpty)
        {
            Zonelists.BuildAll();
        }

        Watermarks.Recompute();

        if (nodeWasEmpty)
        {
            await _tiers.NodeGainedMemoryAsync(block.Node);
            NodeGainedMemory?.Invoke(block.Node);
        }

        _core.Milestone("MemoryOnline", block.Name);
        return Errno.Ok;
    }

    private Zone ZoneFor(MemoryBlock block, OnlineType type)
    {
        Zone kernelZone = KernelZone(block);
        Zone movable = block.Node.Zone(ZoneType.Movable);
        if (type != OnlineType.Online)
        {
            return type == OnlineType.OnlineMovable ? movable : kernelZone;
        }

        if (Policy("online_policy") == "auto-movable")
        {
            return MayGrowMovable(block) ? movable : kernelZone;
        }

        // Policy contig-zones: stay with the neighbours; where both or none are near, the boot option decides.
        bool nearKernel = kernelZone.Overlaps(block.StartPfn, block.Pages);
        bool nearMovable = movable.Overlaps(block.StartPfn, block.Pages);
        if (nearKernel != nearMovable)
        {
            return nearKernel ? kernelZone : movable;
        }

        return _core.CommandLine.Has("movable_node") ? movable : kernelZone;
    }

    /// <summary>The first of DMA and DMA32 whose span reaches into the block, else Normal (<c>default_kernel_zone_for_pfn</c>).</summary>
    private static Zone KernelZone(MemoryBlock block)
    {
        foreach (ZoneType type in new[] { ZoneType.Dma, ZoneType.Dma32 })
        {
            if (block.Node.Zone(type).Overlaps(block.StartPfn, block.Pages))
            {
                return block.Node.Zone(type);
            }
        }

        return block.Node.Zone(ZoneType.Normal);
    }
}

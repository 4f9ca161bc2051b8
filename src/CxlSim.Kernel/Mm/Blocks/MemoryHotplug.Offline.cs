using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <content>From online to offline: what can be moved goes elsewhere first (<c>offline_pages</c>).</content>
public sealed partial class MemoryHotplug
{
    /// <summary>Linux tries again as long as nobody stops it. Who waits here stops it after as many pauses without any page moved, as by Ctrl-C.</summary>
    private const int Patience = 10;

    private static readonly SimDuration Pause = SimDuration.Seconds(1);

    private async SimTask<Errno> OfflineAsync(MemoryBlock block)
    {
        using FrameScope frame = _core.Simulation.Enter("memory_block_offline", block.Name);
        if (block.Zone is not { } zone)
        {
            return Refuse(RefusalRules.BlockZones, Errno.EINVAL, block.Name, $"{block.Name} has pages of more than one zone");
        }

        if (!CanRemove)
        {
            return Refuse(RefusalRules.BlockStays, Errno.EINVAL, block.Name, "the kernel is built without CONFIG_MEMORY_HOTREMOVE", new NearestChange("run a kernel that has it"));
        }

        if (block.IsInBootRanges && HasHoles(block))
        {
            LogOfflining(block, "memory holes");
            return Refuse(RefusalRules.BlockHoles, Errno.EINVAL, block.Name, $"{block.Name} has holes", null, ("range", block.Range.ToString()));
        }

        if (WhatBlocks(block) is { } holder)
        {
            LogOfflining(block, "failure to isolate range");
            return Refuse(RefusalRules.BlockKernelPages, Errno.EBUSY, block.Name, $"{block.Name} holds pages that cannot be moved, of {holder}", null, ("zone", zone.Name), ("holder", holder));
        }

        block.State = MemoryBlockState.GoingOffline;
        Errno error = await EvacuateAsync(block, zone);
        if (error != Errno.Ok)
        {
            block.State = MemoryBlockState.Online;
            return error;
        }

        block.Zone = null;
        block.State = MemoryBlockState.Offline;
        LeaveBootRanges(block);
        zone.RemovePages(block.PageRange, block.Pages - block.MemmapPages, block.IsBootMemory);
        block.Group?.Remove(zone, block.Pages);
        Watermarks.Recompute();
        _core.Log.Debug($"Offlined Pages {block.Pages - block.MemmapPages}");
        if (!zone.IsPopulated)
        {
            Zonelists.BuildAll();
        }

        if (!block.Node.HasMemory)
        {
            await _tiers.NodeLostMemoryAsync(block.Node);
        }

        return Errno.Ok;
    }

    /// <summary>Without the pages that hold the block's own struct pages.</summary>
    private void LogOfflining(MemoryBlock block, string reason) => _core.Log.Debug($"memory offlining {MemFormat.Of(block.PageRange.Skip(block.MemmapPages).Bytes)} failed due to {reason}");

    /// <summary>Who holds pages of the block that never move; null where nobody does.</summary>
    private string? WhatBlocks(MemoryBlock block) => HoldsKernelPages(block)
        ? "the kernel"
        : _pages.HeldIn(block.PageRange).Where(held => held.Range.Use.BlocksIsolation()).Select(held => held.Holding.Name).FirstOrDefault();

    /// <summary>Free pages are kept from being given out, those in use are moved. EINTR where that does not come to an end.</summary>
    private async SimTask<Errno> EvacuateAsync(MemoryBlock block, Zone zone)
    {
        List<PageRange> isolated = [.. zone.Free.Remove(block.PageRange)];
        isolated.AddRange(_hugePages.Dissolve(block.PageRange));
        await _core.Simulation.Delay(SimDuration.Zero);
        int tries = 0;
        while (_pages.HeldIn(block.PageRange).FirstOrDefault() is { Holding: not null } held)
        {
            ulong moved = _pages.HeldIn(block.PageRange).Aggregate(0UL, (sum, candidate) => sum > 0 ? sum : MoveAway(block, zone, candidate, isolated));
            if (moved > 0)
            {
                tries = 0;
                await _core.Simulation.Delay(_core.Timing.PageMigration * (long)moved);
                continue;
            }

            if (tries++ == Patience)
            {
                isolated.ForEach(pages => _pages.Release(zone, pages));
                LogOfflining(block, "signal backoff");
                return Refuse(
                    RefusalRules.BlockBusyPages, Errno.EINTR, block.Name, $"pages of {held.Holding.Name} found no other place", new NearestChange($"make room on another node, or free {held.Holding.Name}"),
                    ("holder", held.Holding.Name), ("use", held.Range.Use.ToString()));
            }

            await _core.Simulation.Delay(Pause);
        }

        zone.Free.Remove(block.PageRange); // what was given back meanwhile goes with the block
        return Errno.Ok;
    }

    /// <summary>To any other node with memory, the nearest first; to the block's own only where there is no other (<c>do_migrate_range</c>).</summary>
    private ulong MoveAway(MemoryBlock block, Zone zone, (PageHolding Holding, HeldRange Range) held, List<PageRange> isolated)
    {
        if (!held.Range.Use.CanMigrate())
        {
            return 0;
        }

        int[] others = [.. Numa.OnlineNodes.Where(node => node.HasMemory && node != block.Node).Select(node => node.Id)];
        PageRequest request = new(held.Range.Use, block.Node.Id)
        {
            HighestZone = zone.Type == ZoneType.Movable ? ZoneType.Movable : ZoneType.Normal,
            Nodes = others.Length > 0 ? others : [block.Node.Id],
        };
        PageRange part = held.Range.Pages.Shared(block.PageRange);
        ulong moved = PageMigration.Move(_pages, held.Holding, held.Range, part, request, frees: false);
        if (moved > 0)
        {
            isolated.Add(part.First(moved));
        }

        return moved;
    }
}

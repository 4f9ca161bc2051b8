using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>What is done when a node runs short of pages: those of programs go to a slower tier (<c>mm/vmscan.c</c>). There is no swap.</summary>
public sealed class Reclaim(Simulation simulation, MemoryTiers tiers, PageAllocator allocator)
{
    /// <summary>kswapd of a node: until one of the zones that a request may use is above its high mark (<c>balance_pgdat</c>).</summary>
    /// <returns>Pages that were demoted.</returns>
    public ulong Run(NumaNode node, ZoneType highest)
    {
        ulong demoted = 0;
        while (!IsBalanced(node, highest) && DemoteSome(node, highest) is > 0 and var pages)
        {
            demoted += pages;
        }

        return demoted;
    }

    private static bool IsBalanced(NumaNode node, ZoneType highest) =>
        node.Zones.Any(zone => zone.Type <= highest && zone.ManagedPages > 0 && Shortage(node, zone, highest) == 0);

    /// <summary>Pages that a zone lacks to its high mark, for requests that may use zones up to a certain one.</summary>
    private static ulong Shortage(NumaNode node, Zone zone, ZoneType highest)
    {
        ulong wanted = zone.Watermarks.High + LowmemReserve.Of(node, zone)[(int)highest] + 1;
        return wanted > zone.FreePageCount ? wanted - zone.FreePageCount : 0;
    }

    /// <summary>Takes the oldest pages of the node, as many as their zone is short of (<c>demote_folio_list</c>).</summary>
    private ulong DemoteSome(NumaNode node, ZoneType highest)
    {
        if (!tiers.Settings.DemotionEnabled || tiers.DemotionTargets(node) is not { } targets)
        {
            return 0;
        }

        foreach (PageHolding holding in allocator.Holdings.ToArray())
        {
            foreach (HeldRange range in holding.Ranges.Where(range => range.Use.CanDemote() && range.Node == node && range.Zone.Type <= highest).ToArray())
            {
                ulong shortage = Math.Max(1UL << range.Use.Order(), Shortage(node, range.Zone, highest));
                ulong moved = Demote(holding, range, Math.Min(shortage, range.Pages.Pages), targets);
                if (moved > 0)
                {
                    node.DemotedPages += moved;
                    return moved;
                }
            }
        }

        return 0;
    }

    /// <summary>To the preferred target; where it has no room, to any node of a slower tier.</summary>
    private ulong Demote(PageHolding holding, HeldRange range, ulong pages, (IReadOnlyList<int> Preferred, IReadOnlyList<int> Fallback) targets)
    {
        int target = targets.Preferred[(int)simulation.Random.Next((ulong)targets.Preferred.Count)];
        PageRequest request = new(range.Use, target) { OnlyThisNode = true, CpuNode = range.Node.Id };
        ulong moved = PageMigration.Move(allocator, holding, range, range.Pages.First(pages), request, frees: true);
        return moved > 0 ? moved : PageMigration.Move(allocator, holding, range, range.Pages.First(pages), request with { OnlyThisNode = false, Nodes = targets.Fallback }, frees: true);
    }
}

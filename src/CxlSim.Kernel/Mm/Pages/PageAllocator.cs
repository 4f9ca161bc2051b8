using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>Gives out the pages of zones (<c>mm/page_alloc.c</c>). Lists of zones go node by node, each from its highest zone down.</summary>
/// <remarks>Requests are served in bulk: as many pages as would be got one by one. What CPUs keep for themselves is not modelled.</remarks>
public sealed class PageAllocator
{
    private readonly Reclaim _reclaim;
    private readonly List<PageHolding> _holdings = [];

    public PageAllocator(Simulation simulation, Numa numa, MemoryTiers tiers, ContiguousMemory contiguous)
    {
        Numa = numa;
        Contiguous = contiguous;
        _reclaim = new Reclaim(simulation, tiers, this);
    }

    /// <summary>The nodes whose zones these are.</summary>
    public Numa Numa { get; }

    /// <summary>Pages that only those get who can move away again.</summary>
    public ContiguousMemory Contiguous { get; }

    /// <summary>Everything that is in use, the oldest first.</summary>
    public IReadOnlyList<PageHolding> Holdings => _holdings;

    /// <summary>What is in use between two page frames.</summary>
    public IEnumerable<(PageHolding Holding, HeldRange Range)> HeldIn(PageRange pages) => _holdings
        .SelectMany(holding => holding.Ranges.Select(range => (holding, range)))
        .Where(held => !held.range.Pages.Shared(pages).IsEmpty)
        .ToArray();

    /// <summary>Takes free pages off the lists for good; false where one of them is not free.</summary>
    internal bool Reserve(PageRange pages)
    {
        foreach (FreePages free in Numa.OnlineNodes.SelectMany(node => node.Zones).SelectMany(zone => new[] { zone.Free, zone.FreeCma }))
        {
            IReadOnlyList<PageRange> removed = free.Remove(pages);
            if (removed.Count == 1 && removed[0] == pages)
            {
                return true;
            }

            foreach (PageRange range in removed)
            {
                free.Add(range);
            }
        }

        return false;
    }

    /// <summary>Takes blocks of pages for a holding.</summary>
    /// <returns>How many blocks were got; fewer where every zone that would do is at its low mark, or min mark for those who may reclaim.</returns>
    public ulong Allocate(PageHolding holding, PageRequest request, ulong blocks)
    {
        Know(holding);
        (NumaNode Node, Zone Zone)[] zones = [.. ZonesOf(request)];
        ulong got = Take(holding, request, zones, blocks, marks => marks.Low);
        while (got < blocks && !request.OnlyEasily)
        {
            // The whole list was at its low marks: only now somebody is woken who frees pages.
            foreach (NumaNode node in zones.Select(candidate => candidate.Node).Distinct().ToArray())
            {
                _reclaim.Run(node, request.HighestZone);
            }

            ulong more = Take(holding, request, zones, blocks - got, marks => marks.Low);
            more += more > 0 ? 0 : Take(holding, request, zones, blocks - got, marks => marks.Min);
            if (more == 0)
            {
                break;
            }

            got += more;
        }

        return got;
    }

    /// <summary>Gives all pages of a holding back.</summary>
    public void Free(PageHolding holding)
    {
        foreach (HeldRange range in holding.Ranges)
        {
            range.Zone.CountUse(range.Use, -(long)range.Pages.Pages);
            Release(range.Zone, range.Pages);
        }

        holding.Clear();
        _holdings.Remove(holding);
    }

    /// <summary>Gives a part back.</summary>
    public void Free(PageHolding holding, HeldRange range, PageRange part)
    {
        Withdraw(holding, range, part);
        Release(range.Zone, part);
    }

    /// <summary>Takes a part away from its holder without making it free: it is isolated, or broken.</summary>
    internal static void Withdraw(PageHolding holding, HeldRange range, PageRange part)
    {
        holding.Cut(range, part);
        range.Zone.CountUse(range.Use, -(long)part.Pages);
    }

    /// <summary>A transparent huge page becomes small ones, of the same holder (<c>split_huge_page</c>).</summary>
    internal HeldRange Split(PageHolding holding, HeldRange range, PageRange huge)
    {
        HeldRange small = range with { Use = PageUse.Anonymous, Pages = huge };
        Withdraw(holding, range, huge);
        range.Zone.CountUse(small.Use, (long)huge.Pages);
        Hold(holding, small);
        return small;
    }

    /// <summary>Pages become free, each in the part of the zone that it belongs to.</summary>
    internal void Release(Zone zone, PageRange pages)
    {
        foreach ((PageRange part, bool isContiguous) in Contiguous.Split(pages))
        {
            (isContiguous ? zone.FreeCma : zone.Free).Add(part);
        }
    }

    /// <summary>Moves pages to another holder of the same kind: from a pool to who uses them, and back.</summary>
    internal void HandOver(PageHolding from, HeldRange range, PageRange part, PageHolding to)
    {
        from.Cut(range, part);
        Hold(to, range with { Pages = part });
    }

    /// <summary>Pages that nobody holds any more, and that are not free, get a holder.</summary>
    internal void Hold(PageHolding holding, HeldRange range)
    {
        holding.Add(range);
        Know(holding);
    }

    /// <summary>All pages of one holding become another's, at its end.</summary>
    internal void Join(PageHolding from, PageHolding to)
    {
        foreach (HeldRange range in from.Ranges)
        {
            to.Add(range);
        }

        from.Clear();
        _holdings.Remove(from);
    }

    private void Know(PageHolding holding)
    {
        if (!_holdings.Contains(holding))
        {
            _holdings.Add(holding);
        }
    }

    /// <summary>The zones that a request may use, in the order in which they are tried.</summary>
    private IEnumerable<(NumaNode Node, Zone Zone)> ZonesOf(PageRequest request)
    {
        IEnumerable<int> nodes = request.OnlyThisNode ? [request.Node] : Numa.Order.ListOf(request.Node);
        foreach (int id in nodes.Where(id => request.Nodes?.Contains(id) ?? true))
        {
            NumaNode node = Numa.Node(id);
            for (ZoneType type = request.HighestZone; type >= ZoneType.Dma; type--)
            {
                if (node.Zone(type).ManagedPages > 0)
                {
                    yield return (node, node.Zone(type));
                }
            }
        }
    }

    private static ulong Take(PageHolding holding, PageRequest request, (NumaNode Node, Zone Zone)[] zones, ulong blocks, Func<ZoneWatermarks, ulong> mark)
    {
        ulong got = 0;
        foreach ((NumaNode node, Zone zone) in zones)
        {
            if (got == blocks)
            {
                break;
            }

            ulong kept = mark(zone.Watermarks) + LowmemReserve.Of(node, zone)[(int)request.HighestZone];
            ulong room = zone.FreeFor(request.Use.IsMovable()) > kept ? zone.FreeFor(request.Use.IsMovable()) - kept : 0;
            IReadOnlyList<PageRange> ranges = zone.Take(request, Math.Min(blocks - got, room >> request.Order));
            ulong taken = ranges.Aggregate(0UL, (sum, range) => sum + range.Pages) >> request.Order;
            foreach (PageRange range in ranges)
            {
                holding.Add(new HeldRange(node, zone, range, request.Use));
            }

            if (taken > 0)
            {
                zone.Statistics.Count(node.Id, zones[0].Node.Id, zones[0].Zone.Statistics, request, taken);
            }

            got += taken;
        }

        return got;
    }
}

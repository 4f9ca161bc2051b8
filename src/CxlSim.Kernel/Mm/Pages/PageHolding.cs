namespace CxlSim.Kernel;

/// <summary>Pages that somebody holds: a program, the kernel, a pool.</summary>
public sealed class PageHolding(string name)
{
    private readonly List<HeldRange> _ranges = [];

    /// <summary>Whose they are.</summary>
    public string Name => name;

    /// <summary>In the order in which they were allocated.</summary>
    public IReadOnlyList<HeldRange> Ranges => _ranges;

    public ulong Pages => _ranges.Aggregate(0UL, (sum, range) => sum + range.Pages.Pages);

    /// <summary>Pages by node and zone, in the order of nodes.</summary>
    public IEnumerable<(NumaNode Node, Zone Zone, ulong Pages)> ByZone() => _ranges
        .GroupBy(range => (range.Node, range.Zone))
        .OrderBy(group => group.Key.Node.Id)
        .ThenBy(group => group.Key.Zone.Type)
        .Select(group => (group.Key.Node, group.Key.Zone, group.Aggregate(0UL, (sum, range) => sum + range.Pages.Pages)));

    internal void Add(HeldRange range)
    {
        bool continues = _ranges.Count > 0 && _ranges[^1].Zone == range.Zone && _ranges[^1].Use == range.Use && _ranges[^1].Pages.EndPfn == range.Pages.StartPfn;
        if (continues)
        {
            _ranges[^1] = range with { Pages = new PageRange(_ranges[^1].Pages.StartPfn, _ranges[^1].Pages.Pages + range.Pages.Pages) };
        }
        else
        {
            _ranges.Add(range);
        }
    }

    /// <summary>Whether it still has a part of one of its ranges.</summary>
    internal bool Has(HeldRange range, PageRange part) => IndexOf(range, part) >= 0;

    /// <summary>Gives up a part of one of the ranges; its rest stays in its place.</summary>
    internal void Cut(HeldRange range, PageRange part)
    {
        int at = IndexOf(range, part);
        range = _ranges[at];
        PageRange lower = range.Pages.First(part.StartPfn - range.Pages.StartPfn);
        PageRange higher = range.Pages.Skip(part.EndPfn - range.Pages.StartPfn);
        _ranges.RemoveAt(at);
        if (!higher.IsEmpty)
        {
            _ranges.Insert(at, range with { Pages = higher });
        }

        if (!lower.IsEmpty)
        {
            _ranges.Insert(at, range with { Pages = lower });
        }
    }

    internal void Clear() => _ranges.Clear();

    private int IndexOf(HeldRange range, PageRange part) => _ranges.FindIndex(candidate => candidate.Zone == range.Zone && candidate.Pages.Shared(part) == part);
}

namespace CxlSim.Kernel;

/// <summary>A zone of a node: which pages it spans, and how many of them are there (<c>struct zone</c>). Unit: pages of 4 KiB.</summary>
public sealed class Zone(ZoneType type)
{
    private readonly ulong[] _used = new ulong[Enum.GetValues<PageUse>().Length];

    /// <summary>What came at once, in the order in which it came: new pages go to the end of the lists of free ones (<c>FPI_TO_TAIL</c>).</summary>
    private readonly List<PageRange> _arrivals = [];

    public ZoneType Type => type;

    /// <summary>As sysfs and /proc print it.</summary>
    public string Name => NameOf(type);

    public ulong StartPfn { get; private set; }

    public ulong SpannedPages { get; private set; }

    public ulong PresentPages { get; private set; }

    /// <summary>Those of them that are boot RAM (<c>present_early_pages</c>).</summary>
    public ulong EarlyPages { get; private set; }

    /// <summary>Pages that the allocator has.</summary>
    public ulong ManagedPages { get; private set; }

    /// <summary>Managed pages that belong to areas for contiguous allocation.</summary>
    public ulong CmaPages { get; internal set; }

    /// <summary>Free pages that any request may have.</summary>
    public FreePages Free { get; } = new();

    /// <summary>Free pages of areas for contiguous allocation: only for what can be moved.</summary>
    public FreePages FreeCma { get; } = new();

    /// <summary>Free blocks of each order, 0 to 10, as /proc/buddyinfo counts them.</summary>
    public IReadOnlyList<ulong> BlocksByOrder => FreeArea.Count(Free.Ranges.Concat(FreeCma.Ranges));

    public ulong FreePageCount => Free.Total + FreeCma.Total;

    /// <summary>Where requests were served.</summary>
    public ZoneStatistics Statistics { get; } = new();

    /// <summary>As they were set when memory last came or went.</summary>
    public ZoneWatermarks Watermarks { get; internal set; }

    /// <summary>What it can give away before its high mark is reached.</summary>
    public ulong PagesAboveHigh => ManagedPages > Watermarks.High ? ManagedPages - Watermarks.High : 0;

    public bool IsPopulated => PresentPages > 0;

    /// <summary>The name of all zones of a type (<c>zone_names</c>).</summary>
    public static string NameOf(ZoneType type) => type switch
    {
        ZoneType.Dma => "DMA",
        ZoneType.Dma32 => "DMA32",
        ZoneType.Normal => "Normal",
        ZoneType.Movable => "Movable",
        _ => "Device",
    };

    /// <summary>Pages in use for something.</summary>
    public ulong Used(PageUse use) => _used[(int)use];

    /// <summary>Free pages that a request could have if nothing were to be kept.</summary>
    public ulong FreeFor(bool isMovable) => isMovable ? FreePageCount : Free.Total;

    /// <summary>Takes blocks, whatever is to be kept; fewer where there are no more.</summary>
    internal IReadOnlyList<PageRange> Take(PageRequest request, ulong blocks)
    {
        // Pages of contiguous areas go first while they are more than half of what is free (rmqueue).
        List<PageRange> taken = [];
        ulong contiguous = request.Use.IsMovable() ? ContiguousShare(blocks << request.Order) >> request.Order : 0;
        ulong got = Take(FreeCma, taken, request, Math.Min(blocks, contiguous));
        got += Take(Free, taken, request, blocks - got);
        if (request.Use.IsMovable() && got < blocks)
        {
            Take(FreeCma, taken, request, blocks - got);
        }

        return taken;
    }

    internal void CountUse(PageUse use, long pages) => _used[(int)use] = (ulong)((long)_used[(int)use] + pages);

    public bool Overlaps(ulong startPfn, ulong pages) => SpannedPages > 0 && startPfn < StartPfn + SpannedPages && StartPfn < startPfn + pages;

    public void Grow(ulong startPfn, ulong pages)
    {
        ulong end = SpannedPages == 0 ? startPfn + pages : Math.Max(StartPfn + SpannedPages, startPfn + pages);
        StartPfn = SpannedPages == 0 ? startPfn : Math.Min(StartPfn, startPfn);
        SpannedPages = end - StartPfn;
    }

    /// <summary>Pages come, and are given out after those that were there.</summary>
    public void AddPages(PageRange pages, ulong managed, bool isEarly = false)
    {
        PresentPages += pages.Pages;
        EarlyPages += isEarly ? pages.Pages : 0;
        ManagedPages += managed;
        if (_arrivals.Count > 0 && _arrivals[^1].EndPfn == pages.StartPfn)
        {
            _arrivals[^1] = new PageRange(_arrivals[^1].StartPfn, _arrivals[^1].Pages + pages.Pages);
        }
        else
        {
            _arrivals.Add(pages);
        }
    }

    /// <summary>Takes pages away; the span shrinks where they lay at its edge (<c>shrink_zone_span</c>).</summary>
    public void RemovePages(PageRange pages, ulong managed, bool isEarly = false)
    {
        PresentPages -= pages.Pages;
        EarlyPages -= isEarly ? pages.Pages : 0;
        ManagedPages -= managed;
        Forget(pages);
        if (pages.StartPfn != StartPfn && pages.EndPfn != StartPfn + SpannedPages)
        {
            return;
        }

        SpannedPages = 0;
        StartPfn = 0;
        foreach (PageRange left in _arrivals)
        {
            Grow(left.StartPfn, left.Pages);
        }
    }

    private void Forget(PageRange pages)
    {
        for (int i = _arrivals.Count - 1; i >= 0; i--)
        {
            PageRange arrival = _arrivals[i];
            PageRange gone = arrival.Shared(pages);
            if (!gone.IsEmpty)
            {
                PageRange[] left = [arrival.First(gone.StartPfn - arrival.StartPfn), arrival.Skip(gone.EndPfn - arrival.StartPfn)];
                _arrivals.RemoveAt(i);
                _arrivals.InsertRange(i, left.Where(part => !part.IsEmpty));
            }
        }
    }

    private ulong ContiguousShare(ulong pages)
    {
        ulong more = FreeCma.Total > Free.Total ? FreeCma.Total - Free.Total : 0;
        ulong less = Free.Total > FreeCma.Total ? Free.Total - FreeCma.Total : 0;
        return pages <= more ? pages : pages <= less ? 0 : more + ((pages - more - less) / 2);
    }

    private ulong Take(FreePages free, List<PageRange> taken, PageRequest request, ulong blocks)
    {
        ulong left = blocks;
        foreach (PageRange arrival in _arrivals.Append(PageRange.All)) // at last those that reach over several
        {
            if (left == 0)
            {
                break; // mostly after the first
            }

            foreach (PageRange range in free.Take(request.Order, left, arrival))
            {
                taken.Add(range);
                left -= range.Pages >> request.Order;
            }
        }

        ulong got = blocks - left;
        CountUse(request.Use, (long)(got << request.Order));
        return got;
    }
}

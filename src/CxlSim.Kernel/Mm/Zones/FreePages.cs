namespace CxlSim.Kernel;

/// <summary>The free pages of a zone, as ranges that do not touch (<c>struct free_area</c>).</summary>
public sealed class FreePages
{
    private readonly List<PageRange> _ranges = [];

    /// <summary>How many pages are free.</summary>
    public ulong Total { get; private set; }

    /// <summary>In ascending order.</summary>
    public IReadOnlyList<PageRange> Ranges => _ranges;

    /// <summary>Pages come back, or are new. None of them may be free already.</summary>
    public void Add(PageRange pages)
    {
        if (pages.IsEmpty)
        {
            return;
        }

        Total += pages.Pages;
        int at = FirstEndingBehind(pages.StartPfn);
        bool joinsLower = at > 0 && _ranges[at - 1].EndPfn == pages.StartPfn;
        bool joinsHigher = at < _ranges.Count && _ranges[at].StartPfn == pages.EndPfn;
        if (joinsLower && joinsHigher)
        {
            _ranges[at - 1] = new PageRange(_ranges[at - 1].StartPfn, _ranges[at - 1].Pages + pages.Pages + _ranges[at].Pages);
            _ranges.RemoveAt(at);
        }
        else if (joinsLower)
        {
            _ranges[at - 1] = new PageRange(_ranges[at - 1].StartPfn, _ranges[at - 1].Pages + pages.Pages);
        }
        else if (joinsHigher)
        {
            _ranges[at] = new PageRange(pages.StartPfn, _ranges[at].Pages + pages.Pages);
        }
        else
        {
            _ranges.Insert(at, pages);
        }
    }

    /// <summary>Takes out what is free between two page frames; returns what that was.</summary>
    public IReadOnlyList<PageRange> Remove(PageRange pages)
    {
        List<PageRange> removed = [];
        for (int at = FirstEndingBehind(pages.StartPfn); at < _ranges.Count && _ranges[at].StartPfn < pages.EndPfn;)
        {
            PageRange shared = _ranges[at].Shared(pages);
            removed.Add(shared);
            at += Cut(at, shared);
        }

        return removed;
    }

    /// <summary>Takes aligned blocks of 2^order pages between two page frames, the lowest first, as they lie there after a boot or an onlining.</summary>
    /// <returns>What was taken, less than was wanted where no more such blocks are free.</returns>
    public IReadOnlyList<PageRange> Take(int order, ulong blocks, PageRange within)
    {
        List<PageRange> taken = [];
        ulong size = 1UL << order;
        for (int at = FirstEndingBehind(within.StartPfn); at < _ranges.Count && _ranges[at].StartPfn < within.EndPfn && blocks > 0;)
        {
            PageRange range = _ranges[at].Shared(within);
            ulong start = (range.StartPfn + size - 1) & ~(size - 1);
            ulong fits = range.EndPfn > start ? Math.Min(blocks, (range.EndPfn - start) >> order) : 0;
            if (fits == 0)
            {
                at++;
                continue;
            }

            PageRange block = new(start, fits << order);
            taken.Add(block);
            blocks -= fits;
            at += Cut(at, block);
        }

        return taken;
    }

    /// <summary>Cuts a part out of a range; returns how many ranges in its place lie below what was cut.</summary>
    private int Cut(int at, PageRange part)
    {
        PageRange range = _ranges[at];
        PageRange lower = range.First(part.StartPfn - range.StartPfn);
        PageRange higher = range.Skip(part.EndPfn - range.StartPfn);
        Total -= part.Pages;
        _ranges.RemoveAt(at);
        if (!higher.IsEmpty)
        {
            _ranges.Insert(at, higher);
        }

        if (!lower.IsEmpty)
        {
            _ranges.Insert(at, lower);
        }

        return lower.IsEmpty ? 0 : 1;
    }

    /// <summary>Index of the first range that ends behind a page frame.</summary>
    private int FirstEndingBehind(ulong pfn)
    {
        int low = 0;
        int high = _ranges.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_ranges[middle].EndPfn > pfn)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }
}

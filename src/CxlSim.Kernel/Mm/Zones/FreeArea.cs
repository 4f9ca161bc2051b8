namespace CxlSim.Kernel;

/// <summary>Free pages as the buddy allocator holds them: in the largest aligned blocks of 2^order pages (<c>struct free_area</c>).</summary>
public static class FreeArea
{
    /// <summary>MAX_PAGE_ORDER: blocks of 4 MiB.</summary>
    public const int MaxOrder = 10;

    /// <summary>How many blocks of each order some free ranges make. Ranges that touch are one.</summary>
    public static IReadOnlyList<ulong> Count(IEnumerable<PageRange> free)
    {
        ulong[] blocks = new ulong[MaxOrder + 1];
        ulong start = 0;
        ulong end = 0;
        foreach ((ulong pfn, ulong pages) in free.OrderBy(range => range.StartPfn))
        {
            if (pfn != end)
            {
                Split(start, end, blocks);
                start = pfn;
            }

            end = pfn + pages;
        }

        Split(start, end, blocks);
        return blocks;
    }

    private static void Split(ulong start, ulong end, ulong[] blocks)
    {
        while (start < end)
        {
            int order = MaxOrder;
            while (start % (1UL << order) != 0 || end - start < 1UL << order)
            {
                order--;
            }

            // Where nothing but whole largest blocks is left to come, they need not be walked one by one.
            ulong count = order == MaxOrder ? (end - start) >> MaxOrder : 1;
            blocks[order] += count;
            start += count << order;
        }
    }
}

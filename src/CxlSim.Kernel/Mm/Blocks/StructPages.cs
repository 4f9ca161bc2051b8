using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>Where struct pages of added memory lie, if not in the memory itself (<c>mm/sparse-vmemmap.c</c>).</summary>
internal sealed class StructPages(KernelCore core, PageAllocator pages)
{
    /// <summary>A struct page is 64 bytes: one page of them describes 64 pages.</summary>
    public const ulong PerPage = 64;

    private readonly Dictionary<Hpa, PageHolding> _memmaps = [];
    private readonly List<AddressRange> _left = [];

    /// <summary>Takes the pages from a node, or from those that it falls back to: 2 MiB for each section, single pages where that is not to be had.</summary>
    /// <param name="nodeId">The node that the memory joins.</param>
    /// <param name="range">What they describe.</param>
    /// <param name="count">Pages for all of it.</param>
    /// <param name="nearest">What would need fewer of them.</param>
    /// <returns>
    /// ENOMEM where the zones that the kernel may use are full. Whole sections that had theirs by then keep them: nobody takes them back (<c>__add_pages</c>),
    /// and whoever comes for their addresses again gets EEXIST.
    /// </returns>
    public Errno Allocate(int nodeId, AddressRange range, ulong count, NearestChange nearest)
    {
        foreach (AddressRange before in _left.Where(left => left.Overlaps(range)))
        {
            return core.Refusals.Report(
                RefusalRules.MemmapLeft, Errno.EEXIST, MemFormat.Of(range), $"{MemFormat.Of(before)} has struct pages since there was no room for more of them",
                new NearestChange("reboot: nothing else takes them back"),
                ("range", range.ToString()), ("with struct pages", before.ToString()));
        }

        PageHolding memmap = new($"memory map of {MemFormat.Of(range)}");
        PageRequest request = new(PageUse.Memmap, nodeId) { Order = PageUses.HugeOrder };
        ulong got = pages.Allocate(memmap, request, count >> PageUses.HugeOrder) << PageUses.HugeOrder;
        got += pages.Allocate(memmap, request with { Order = 0 }, count - got);
        if (got == count)
        {
            _memmaps.Add(range.Start, memmap);
            return Errno.Ok;
        }

        KeepWholeSections(memmap, range, got, count);
        core.Log.Warning($"sparse-vmemmap: {count - got} of {count} pages for the memory map of {MemFormat.Of(range)} are not to be had near node {nodeId}");
        return core.Refusals.Report(
            RefusalRules.MemmapRoom, Errno.ENOMEM, MemFormat.Of(range), $"{ByteSize.Page * count} of struct pages, and zones for the kernel have {ByteSize.Page * got}",
            nearest, ("needed", (ByteSize.Page * count).ToString()), ("found", (ByteSize.Page * got).ToString()));
    }

    public void Free(AddressRange range)
    {
        if (_memmaps.Remove(range.Start, out PageHolding? memmap))
        {
            pages.Free(memmap);
        }
    }

    private void KeepWholeSections(PageHolding memmap, AddressRange range, ulong got, ulong count)
    {
        ulong sections = Math.Max(1, range.Size / BlockSize.Smallest);
        ulong each = Math.Max(1, count / sections);
        ulong whole = got / each;
        ulong over = got % each;
        while (over > 0)
        {
            HeldRange last = memmap.Ranges[^1];
            PageRange part = last.Pages.Skip(last.Pages.Pages - Math.Min(over, last.Pages.Pages));
            pages.Free(memmap, last, part);
            over -= part.Pages;
        }

        if (whole > 0)
        {
            _left.Add(AddressRange.Of(range.Start, BlockSize.Smallest * whole));
        }
        else
        {
            pages.Free(memmap);
        }
    }
}

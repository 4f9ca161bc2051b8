using CxlSim.Core;

namespace CxlSim.Kernel;

/// <content>Where struct pages of added memory lie, if not in the memory itself (<c>mm/sparse-vmemmap.c</c>).</content>
public sealed partial class MemoryHotplug
{
    private readonly Dictionary<Hpa, PageHolding> _memmaps = [];

    /// <summary>Takes the pages from the node that the memory joins, or from those that it falls back to: 2 MiB for each section, single pages where that is not to be had.</summary>
    /// <returns>ENOMEM where the zones that the kernel may use are full; then nothing is taken.</returns>
    private Errno AllocateMemmap(int nodeId, AddressRange range)
    {
        ulong pages = range.Size / ByteSize.Page / PagesPerMemmapPage;
        PageHolding memmap = new($"memory map of {MemFormat.Of(range)}");
        PageRequest request = new(PageUse.Memmap, nodeId) { Order = PageUses.HugeOrder };
        ulong got = _pages.Allocate(memmap, request, pages >> PageUses.HugeOrder) << PageUses.HugeOrder;
        got += _pages.Allocate(memmap, request with { Order = 0 }, pages - got);
        if (got < pages)
        {
            _pages.Free(memmap);
            _core.Log.Warning($"sparse-vmemmap: {pages - got} of {pages} pages for the memory map of {MemFormat.Of(range)} are not to be had near node {nodeId}");
            return Refuse(
                RefusalRules.MemmapRoom, Errno.ENOMEM, MemFormat.Of(range), $"{ByteSize.Page * pages} of struct pages, and zones for the kernel have {ByteSize.Page * got}",
                new NearestChange("boot with memory_hotplug.memmap_on_memory=Y: the memory holds its own"), ("needed", (ByteSize.Page * pages).ToString()), ("found", (ByteSize.Page * got).ToString()));
        }

        _memmaps.Add(range.Start, memmap);
        return Errno.Ok;
    }

    private void FreeMemmap(AddressRange range)
    {
        if (_memmaps.Remove(range.Start, out PageHolding? memmap))
        {
            _pages.Free(memmap);
        }
    }
}

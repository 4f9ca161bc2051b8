using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <content>The RAM that the machine starts with.</content>
public sealed partial class MemoryHotplug
{
    /// <summary>The default size of the bounce buffer, 64 MiB.</summary>
    private const ulong BouncePages = 64UL << 20 >> PageShift;

    private readonly List<(NumaNode Node, ZoneType Zone, ulong StartPfn, ulong Pages)> _bootRanges = [];
    private readonly List<(ulong StartPfn, ulong Pages)> _earlyPages = [];

    /// <summary>Boot RAM: its pages join the zones of the nodes that own them.</summary>
    public void AddBootMemory(AddressRange range)
    {
        foreach ((AddressRange block, int nodeId) in Numa.Memblks.Memory)
        {
            ulong start = Math.Max(block.Start.Value, range.Start.Value);
            ulong end = Math.Min(block.Last.Value, range.Last.Value);
            if (start <= end)
            {
                AddBootPages(Numa.Node(nodeId), start >> PageShift, ((end + 1) >> PageShift) - (start >> PageShift));
            }
        }
    }

    /// <summary>From the first to the last boot page of a node, as the log prints it.</summary>
    public string BootRangeOf(NumaNode node)
    {
        ulong first = _bootRanges.Where(range => range.Node == node).Min(range => range.StartPfn);
        ulong last = _bootRanges.Where(range => range.Node == node).Max(range => range.StartPfn + range.Pages);
        return $"[mem 0x{first << PageShift:x16}-0x{(last << PageShift) - 1:x16}]";
    }

    /// <summary>Zones learn which of their pages were set aside for contiguous allocation.</summary>
    public void CountContiguous()
    {
        foreach ((NumaNode node, ZoneType zone, ulong startPfn, ulong pages) in _bootRanges)
        {
            node.Zone(zone).CmaPages += _pages.Contiguous.PagesIn(startPfn, startPfn + pages);
            foreach (PageRange area in _pages.Contiguous.Areas.Select(area => area.Pages.Shared(new PageRange(startPfn, pages))))
            {
                node.Zone(zone).Free.Remove(area);
                node.Zone(zone).FreeCma.Add(area);
            }
        }
    }

    /// <summary>Devices for the nodes that are online, and for the blocks of boot RAM (<c>memory_dev_init</c>, <c>node_dev_init</c>).</summary>
    public async SimTask RegisterBootDevicesAsync()
    {
        foreach (NumaNode node in Numa.OnlineNodes.ToArray())
        {
            await _nodeBus.AddAsync(node, NodeDirectory);
            _hugePages.Register(node);
        }

        ulong blockPages = BlockSize / ByteSize.Page;
        foreach ((NumaNode node, ZoneType _, ulong startPfn, ulong pages) in _bootRanges)
        {
            for (ulong id = startPfn / blockPages; id <= (startPfn + pages - 1) / blockPages; id++)
            {
                if (!_blocks.ContainsKey(id))
                {
                    MemoryBlock block = new(this, id, node, isBootMemory: true) { State = MemoryBlockState.Online };
                    block.Zone = SingleZone(block);
                    await RegisterBlockAsync(block);
                }
            }
        }

        ReserveEarlyPages();
    }

    /// <summary>Pages of struct pages for the RAM of the start: whole sections of 128 MiB.</summary>
    public ulong BootMemmapPages
    {
        get
        {
            ulong sectionPages = Kernel.BlockSize.Smallest / ByteSize.Page;
            HashSet<ulong> sections = [];
            foreach ((NumaNode _, ZoneType _, ulong startPfn, ulong pages) in _bootRanges)
            {
                for (ulong section = startPfn / sectionPages; section <= (startPfn + pages - 1) / sectionPages; section++)
                {
                    sections.Add(section);
                }
            }

            return (ulong)sections.Count * (sectionPages / PagesPerMemmapPage);
        }
    }

    /// <summary>What is left in a zone: boot ranges and the blocks that are online in it.</summary>
    private IEnumerable<(ulong StartPfn, ulong Pages)> RangesIn(NumaNode node, Zone zone) =>
        BootRangesIn(node, zone).Concat(BlocksIn(zone).Select(block => (block.StartPfn, block.Pages)));

    private IEnumerable<(ulong StartPfn, ulong Pages)> BootRangesIn(NumaNode node, Zone zone) =>
        _bootRanges.Where(range => range.Node == node && range.Zone == zone.Type).Select(range => (range.StartPfn, range.Pages));

    private IEnumerable<MemoryBlock> BlocksIn(Zone zone) => _blocks.Values.Where(block => !block.IsInBootRanges && block.Zone == zone);

    private void AddBootPages(NumaNode node, ulong startPfn, ulong pages)
    {
        ulong dmaEnd = 16UL << 20 >> PageShift;
        ulong dma32End = 4UL << 30 >> PageShift;
        ulong endPfn = startPfn + pages;
        ulong kernelEnd = Math.Min(endPfn, node.MovableStartPfn ?? endPfn);
        AddBootZonePages(node, ZoneType.Dma, startPfn, Math.Min(kernelEnd, dmaEnd));
        AddBootZonePages(node, ZoneType.Dma32, Math.Max(startPfn, dmaEnd), Math.Min(kernelEnd, dma32End));
        AddBootZonePages(node, ZoneType.Normal, Math.Max(startPfn, dma32End), kernelEnd);
        AddBootZonePages(node, ZoneType.Movable, Math.Max(startPfn, kernelEnd), endPfn);
    }

    private void AddBootZonePages(NumaNode node, ZoneType type, ulong startPfn, ulong endPfn)
    {
        if (endPfn <= startPfn)
        {
            return;
        }

        Zone zone = node.Zone(type);
        PageRange pages = new(startPfn, endPfn - startPfn);
        zone.Grow(startPfn, pages.Pages);
        zone.AddPages(pages, pages.Pages);
        zone.Free.Add(pages);
        _bootRanges.Add((node, type, startPfn, endPfn - startPfn));
    }

    /// <summary>The zone of a boot block; null where it has pages of more than one.</summary>
    private Zone? SingleZone(MemoryBlock block)
    {
        ZoneType[] types = [.. _bootRanges
            .Where(range => range.StartPfn < block.StartPfn + block.Pages && block.StartPfn < range.StartPfn + range.Pages)
            .Select(range => range.Zone)
            .Distinct()];
        return types.Length == 1 ? block.Node.Zone(types[0]) : null;
    }

    /// <summary>Whether pages of a boot block are no RAM: firmware's, tables, holes of the map.</summary>
    private bool HasHoles(MemoryBlock block) =>
        _bootRanges.Aggregate(0UL, (sum, range) => sum + Shared(range.StartPfn, range.Pages, block.StartPfn, block.Pages)) != block.Pages;

    /// <summary>Whether a block holds what the kernel put there while it booted: such pages do not move.</summary>
    private bool HoldsKernelPages(MemoryBlock block) =>
        _core.Handoff.KernelImage.Any(part => part.Range.Overlaps(block.Range))
        || _pages.Contiguous.PagesIn(block.StartPfn, block.StartPfn + block.Pages) > 0
        || _earlyPages.Exists(range => Shared(range.StartPfn, range.Pages, block.StartPfn, block.Pages) > 0);

    /// <summary>From its first offlining on, a boot block is counted like one that was added.</summary>
    private void LeaveBootRanges(MemoryBlock block)
    {
        block.IsInBootRanges = false;
        ulong end = block.StartPfn + block.Pages;
        foreach ((NumaNode Node, ZoneType Zone, ulong StartPfn, ulong Pages) range in _bootRanges.Where(range => Shared(range.StartPfn, range.Pages, block.StartPfn, block.Pages) > 0).ToArray())
        {
            _bootRanges.Remove(range);
            if (range.StartPfn < block.StartPfn)
            {
                _bootRanges.Add(range with { Pages = block.StartPfn - range.StartPfn });
            }

            if (range.StartPfn + range.Pages > end)
            {
                _bootRanges.Add(range with { StartPfn = end, Pages = range.StartPfn + range.Pages - end });
            }
        }
    }

    /// <summary>Early allocations come from the top: the struct pages of each node, then the bounce buffer below 4 GiB (<c>mm/sparse-vmemmap.c</c>, <c>kernel/dma/swiotlb.c</c>).</summary>
    private void ReserveEarlyPages()
    {
        foreach (NumaNode node in Numa.OnlineNodes)
        {
            var own = _bootRanges.Where(range => range.Node == node).Select(range => (range.StartPfn, range.Pages)).ToArray();
            ulong present = own.Aggregate(0UL, (sum, range) => sum + range.Pages);
            TakeFromTheTop(own, (present + PagesPerMemmapPage - 1) / PagesPerMemmapPage);
        }

        TakeFromTheTop(_bootRanges.Where(range => range.Zone != ZoneType.Normal).Select(range => (range.StartPfn, range.Pages)), BouncePages);
    }

    private void TakeFromTheTop(IEnumerable<(ulong StartPfn, ulong Pages)> ranges, ulong pages)
    {
        foreach ((ulong startPfn, ulong count) in ranges.OrderByDescending(range => range.StartPfn))
        {
            ulong end = _earlyPages.Where(taken => Shared(taken.StartPfn, taken.Pages, startPfn, count) > 0).Select(taken => taken.StartPfn).Append(startPfn + count).Min();
            ulong taking = Math.Min(pages, end > startPfn ? end - startPfn : 0);
            if (taking > 0)
            {
                _earlyPages.Add((end - taking, taking));
                pages -= taking;
            }
        }
    }

    private static ulong Shared(ulong startPfn, ulong pages, ulong otherStart, ulong otherPages)
    {
        ulong first = Math.Max(startPfn, otherStart);
        ulong end = Math.Min(startPfn + pages, otherStart + otherPages);
        return end > first ? end - first : 0;
    }
}

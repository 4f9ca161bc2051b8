using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <content>The RAM that the machine starts with.</content>
public sealed partial class MemoryHotplug
{
    /// <summary>The default size of the bounce buffer, 64 MiB.</summary>
    private const ulong BouncePages = 64UL << 20 >> PageShift;

    private readonly List<(NumaNode Node, ZoneType Zone, PageRange Pages)> _bootRanges = [];
    private readonly List<PageRange> _earlyPages = [];

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
        ulong first = _bootRanges.Where(range => range.Node == node).Min(range => range.Pages.StartPfn);
        ulong last = _bootRanges.Where(range => range.Node == node).Max(range => range.Pages.EndPfn);
        return $"[mem 0x{first << PageShift:x16}-0x{(last << PageShift) - 1:x16}]";
    }

    /// <summary>Zones learn which of their pages were set aside for contiguous allocation.</summary>
    public void CountContiguous()
    {
        foreach ((NumaNode node, ZoneType zone, PageRange pages) in _bootRanges)
        {
            node.Zone(zone).CmaPages += _pages.Contiguous.PagesIn(pages);
            foreach (PageRange area in _pages.Contiguous.Areas.Select(area => area.Pages.Shared(pages)))
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
        foreach ((NumaNode node, ZoneType _, PageRange pages) in _bootRanges)
        {
            for (ulong id = pages.StartPfn / blockPages; id <= (pages.EndPfn - 1) / blockPages; id++)
            {
                if (!_blocks.ContainsKey(id))
                {
                    MemoryBlock block = new(this, id, node, isBootMemory: true) { State = MemoryBlockState.Online };
                    block.Zone = SingleZone(block);
                    await RegisterBlockAsync(block);
                }
            }
        }

        ShareBlocks();
        ReserveEarlyPages();
    }

    /// <summary>A block that nodes share is linked to all of them, counts as the last one's, and has no zone (<c>memory_block_add_nid</c>).</summary>
    private void ShareBlocks()
    {
        foreach (MemoryBlock block in _blocks.Values)
        {
            NumaNode[] nodes = [.. _bootRanges.Where(range => !range.Pages.Shared(block.PageRange).IsEmpty).Select(range => range.Node).Distinct().OrderBy(node => node.Id)];
            foreach (NumaNode node in nodes.Where(node => node != block.Node))
            {
                LinkBlock(block, node);
                block.Zone = null;
            }

            block.Node = nodes[^1];
        }
    }

    /// <summary>Pages of struct pages for the RAM of the start: whole sections of 128 MiB.</summary>
    public ulong BootMemmapPages
    {
        get
        {
            ulong sectionPages = Kernel.BlockSize.Smallest / ByteSize.Page;
            HashSet<ulong> sections = [];
            foreach ((NumaNode _, ZoneType _, PageRange pages) in _bootRanges)
            {
                for (ulong section = pages.StartPfn / sectionPages; section <= (pages.EndPfn - 1) / sectionPages; section++)
                {
                    sections.Add(section);
                }
            }

            return (ulong)sections.Count * (sectionPages / StructPages.PerPage);
        }
    }

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
        zone.AddPages(pages, pages.Pages, isEarly: true);
        zone.Free.Add(pages);
        _bootRanges.Add((node, type, pages));
    }

    /// <summary>The zone of a boot block; null where it has pages of more than one.</summary>
    private Zone? SingleZone(MemoryBlock block)
    {
        ZoneType[] types = [.. _bootRanges
            .Where(range => !range.Pages.Shared(block.PageRange).IsEmpty)
            .Select(range => range.Zone)
            .Distinct()];
        return types.Length == 1 ? block.Node.Zone(types[0]) : null;
    }

    /// <summary>Whether pages of a boot block are no RAM: firmware's, tables, holes of the map.</summary>
    private bool HasHoles(MemoryBlock block) =>
        _bootRanges.Aggregate(0UL, (sum, range) => sum + range.Pages.Shared(block.PageRange).Pages) != block.Pages;

    /// <summary>Whether a block holds what the kernel put there while it booted: such pages do not move.</summary>
    private bool HoldsKernelPages(MemoryBlock block) => HasEarlyPages(block.PageRange) || _pages.Contiguous.PagesIn(block.PageRange) > 0;

    /// <summary>Whether a page of a boot block is the kernel's from the start, or none at all.</summary>
    internal bool IsReserved(MemoryBlock block, PageRange page) => block.IsInBootRanges && (HasEarlyPages(page) || _bootRanges.TrueForAll(range => range.Pages.Shared(page).IsEmpty));

    private bool HasEarlyPages(PageRange pages) =>
        _core.Handoff.KernelImage.Any(part => part.Range.Overlaps(pages.Bytes)) || _earlyPages.Exists(range => !range.Shared(pages).IsEmpty);

    /// <summary>From its first offlining on, a boot block is counted like one that was added.</summary>
    private void LeaveBootRanges(MemoryBlock block)
    {
        block.IsInBootRanges = false;
        foreach ((NumaNode Node, ZoneType Zone, PageRange Pages) range in _bootRanges.Where(range => !range.Pages.Shared(block.PageRange).IsEmpty).ToArray())
        {
            PageRange gone = range.Pages.Shared(block.PageRange);
            PageRange[] left = [range.Pages.First(gone.StartPfn - range.Pages.StartPfn), range.Pages.Skip(gone.EndPfn - range.Pages.StartPfn)];
            _bootRanges.Remove(range);
            _bootRanges.AddRange(left.Where(part => !part.IsEmpty).Select(part => range with { Pages = part }));
        }
    }

    /// <summary>Early allocations come from the top: the struct pages of each node, then the bounce buffer below 4 GiB (<c>mm/sparse-vmemmap.c</c>, <c>kernel/dma/swiotlb.c</c>).</summary>
    private void ReserveEarlyPages()
    {
        foreach (NumaNode node in Numa.OnlineNodes)
        {
            PageRange[] own = [.. _bootRanges.Where(range => range.Node == node).Select(range => range.Pages)];
            ulong present = own.Aggregate(0UL, (sum, range) => sum + range.Pages);
            TakeFromTheTop(own, (present + StructPages.PerPage - 1) / StructPages.PerPage);
        }

        TakeFromTheTop(_bootRanges.Where(range => range.Zone != ZoneType.Normal).Select(range => range.Pages), BouncePages);
    }

    private void TakeFromTheTop(IEnumerable<PageRange> ranges, ulong pages)
    {
        foreach (PageRange range in ranges.OrderByDescending(range => range.StartPfn))
        {
            ulong end = _earlyPages.Where(taken => !taken.Shared(range).IsEmpty).Select(taken => taken.StartPfn).Append(range.EndPfn).Min();
            ulong taking = Math.Min(pages, end > range.StartPfn ? end - range.StartPfn : 0);
            if (taking > 0)
            {
                _earlyPages.Add(new PageRange(end - taking, taking));
                pages -= taking;
            }
        }
    }
}

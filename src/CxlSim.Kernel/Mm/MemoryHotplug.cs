using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>Memory blocks: adding, onlining, offlining, removing (<c>mm/memory_hotplug.c</c>).</summary>
public sealed partial class MemoryHotplug
{
    private const int PageShift = 12;

    /// <summary>A struct page is 64 bytes: one page of them describes 64 pages.</summary>
    private const ulong PagesPerMemmapPage = 64;

    private readonly LinuxKernel _kernel;
    private readonly SortedDictionary<ulong, MemoryBlock> _blocks = [];
    private readonly List<(NumaNode Node, ZoneType Zone, ulong StartPfn, ulong Pages)> _bootRanges = [];
    private readonly Bus _memoryBus;
    private readonly Bus _nodeBus;
    private readonly SimMutex _hotplugLock;

    public MemoryHotplug(LinuxKernel kernel)
    {
        _kernel = kernel;
        _hotplugLock = new SimMutex(kernel.Simulation);
        _memoryBus = new Bus(kernel, "memory");
        _nodeBus = new Bus(kernel, "node");
        MemoryDirectory = new MemorySubsystem(this);
        NodeDirectory = new NodeSubsystem(kernel.Numa);
        kernel.Sysfs.System.Attach(MemoryDirectory);
        kernel.Sysfs.System.Attach(NodeDirectory);
        DefaultOnline = kernel.Config.IsEnabled("MEMORY_HOTPLUG_DEFAULT_ONLINE") ? OnlineType.Online : OnlineType.Offline;
        if (kernel.CommandLine.Value("memhp_default_state") is { } word && OnlineTypes.TryParse(word, out OnlineType type))
        {
            DefaultOnline = type;
        }
    }

    public KObject MemoryDirectory { get; }

    public KObject NodeDirectory { get; }

    public ByteSize BlockSize { get; private set; } = Kernel.BlockSize.Smallest;

    /// <summary>What becomes of a block that is added; last writer wins (build option, command line, sysfs).</summary>
    public OnlineType DefaultOnline { get; set; }

    public IReadOnlyCollection<MemoryBlock> Blocks => _blocks.Values;

    public MemoryBlock? FindBlock(ulong id) => _blocks.GetValueOrDefault(id);

    public IEnumerable<MemoryBlock> BlocksIn(AddressRange range) => _blocks.Values.Where(block => range.Contains(block.Range));

    public void SetBlockSize(ByteSize size) => BlockSize = size;

    /// <summary>Boot RAM: its pages join the zones of the nodes that own them.</summary>
    public void AddBootMemory(AddressRange range)
    {
        foreach ((AddressRange block, int nodeId) in _kernel.Numa.Blocks)
        {
            ulong start = Math.Max(block.Start.Value, range.Start.Value);
            ulong end = Math.Min(block.Last.Value, range.Last.Value);
            if (start <= end)
            {
                AddBootPages(_kernel.Numa.Node(nodeId), start >> PageShift, ((end + 1) >> PageShift) - (start >> PageShift));
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

    /// <summary>Devices for the nodes that are online, and for the blocks of boot RAM (<c>memory_dev_init</c>, <c>node_dev_init</c>).</summary>
    public async SimTask RegisterBootDevicesAsync()
    {
        foreach (NumaNode node in _kernel.Numa.OnlineNodes.ToArray())
        {
            await _nodeBus.AddAsync(node, NodeDirectory);
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
    }

    private void AddBootPages(NumaNode node, ulong startPfn, ulong pages)
    {
        ulong dmaEnd = 16UL << 20 >> PageShift;
        ulong dma32End = 4UL << 30 >> PageShift;
        AddBootZonePages(node, ZoneType.Dma, startPfn, Math.Min(startPfn + pages, dmaEnd));
        AddBootZonePages(node, ZoneType.Dma32, Math.Max(startPfn, dmaEnd), Math.Min(startPfn + pages, dma32End));
        AddBootZonePages(node, ZoneType.Normal, Math.Max(startPfn, dma32End), startPfn + pages);
    }

    private void AddBootZonePages(NumaNode node, ZoneType type, ulong startPfn, ulong endPfn)
    {
        if (endPfn <= startPfn)
        {
            return;
        }

        Zone zone = node.Zone(type);
        zone.Grow(startPfn, endPfn - startPfn);
        zone.AddPages(endPfn - startPfn, endPfn - startPfn);
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

    private async SimTask RegisterBlockAsync(MemoryBlock block)
    {
        _blocks.Add(block.Id, block);
        await _memoryBus.AddAsync(block, MemoryDirectory);
        block.Link(block.Node.Name, block.Node);
        block.Node.Link(block.Name, block);
    }
}

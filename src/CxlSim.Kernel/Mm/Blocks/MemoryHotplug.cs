using System.Numerics;
using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>Memory blocks: adding, onlining, offlining, removing (<c>mm/memory_hotplug.c</c>).</summary>
public sealed partial class MemoryHotplug
{
    private const int PageShift = 12;

    private readonly KernelCore _core;
    private readonly ModuleLoader _modules;
    private readonly MemoryTiers _tiers;
    private readonly PageAllocator _pages;
    private readonly HugePages _hugePages;
    private readonly StructPages _memmaps;
    private readonly SortedDictionary<ulong, MemoryBlock> _blocks = [];
    private readonly Bus _memoryBus;
    private readonly Bus _nodeBus;
    private readonly SimMutex _hotplugLock;
    private ByteSize? _blockSizeAdvice;
    private bool _isBlockSizeChosen;

    public MemoryHotplug(KernelCore core, ModuleLoader modules, MemoryTiers tiers, PageAllocator pages, HugePages hugePages)
    {
        _core = core;
        _modules = modules;
        _tiers = tiers;
        _pages = pages;
        _hugePages = hugePages;
        _memmaps = new StructPages(core, pages);
        DevicePages = new DevicePages(_memmaps);
        _hotplugLock = new SimMutex(core.Simulation);
        _memoryBus = new Bus(core, "memory");
        _nodeBus = new Bus(core, "node");
        MemoryDirectory = new MemorySubsystem(core.Config, this);
        NodeDirectory = new NodeSubsystem(Numa);
        core.Sysfs.System.Attach(MemoryDirectory);
        core.Sysfs.System.Attach(NodeDirectory);
        Watermarks = new Watermarks(core.CommandLine, Numa);
        Zonelists = new Zonelists(core.Log, Numa);
        Failures = new MemoryFailure(core, this, pages, hugePages);
        DefaultOnline = OnlineTypes.BuildDefault(core.Config);
        foreach (string? word in core.CommandLine.Parameters.Where(parameter => parameter.Name == "memhp_default_state").Select(parameter => parameter.Value))
        {
            DefaultOnline = word is not null && OnlineTypes.TryParse(word, out OnlineType type) ? type : DefaultOnline; // an unknown word changes nothing
        }
    }

    /// <summary>A node has its first memory, and its tier. Raised while its first block goes online.</summary>
    public event Action<NumaNode>? NodeGainedMemory;

    public Watermarks Watermarks { get; }

    public Zonelists Zonelists { get; }

    public MemoryFailure Failures { get; }

    /// <summary>Memory that has struct pages, and is no memory of the kernel.</summary>
    internal DevicePages DevicePages { get; }

    public KObject MemoryDirectory { get; }

    public KObject NodeDirectory { get; }

    public ByteSize BlockSize { get; private set; } = Kernel.BlockSize.Smallest;

    /// <summary>What becomes of a block that is added; last writer wins (build option, command line, sysfs).</summary>
    public OnlineType DefaultOnline { get; set; }

    public IReadOnlyCollection<MemoryBlock> Blocks => _blocks.Values;

    public MemoryBlock? FindBlock(ulong id) => _blocks.GetValueOrDefault(id);

    public IEnumerable<MemoryBlock> BlocksIn(AddressRange range) => _blocks.Values.Where(block => range.Contains(block.Range));

    /// <summary>Firmware's tables ask for blocks no larger than this; the smallest wish counts (<c>memory_block_advise_max_size</c>).</summary>
    /// <returns>EINVAL for what is no power of two, EBUSY once the size is chosen.</returns>
    public Errno AdviseBlockSize(ByteSize size)
    {
        if (!BitOperations.IsPow2(size.Bytes))
        {
            return Errno.EINVAL;
        }

        if (_isBlockSizeChosen)
        {
            return Errno.EBUSY;
        }

        _blockSizeAdvice = _blockSizeAdvice is { } other && other < size ? other : size;
        return Errno.Ok;
    }

    /// <summary>Chooses the size of a block by the end of boot RAM and by what was advised till now.</summary>
    public void ChooseBlockSize(Hpa endOfMemory)
    {
        _isBlockSizeChosen = true;
        BlockSize = Kernel.BlockSize.Probe(endOfMemory, _core.Handoff.HasHypervisor, _blockSizeAdvice);
    }

    /// <summary>Whether the kernel is built to let memory go.</summary>
    internal bool CanRemove => _core.Config.IsEnabled("MEMORY_HOTREMOVE");

    /// <summary>Whether hot-added memory may hold its own struct pages (<c>memory_hotplug.memmap_on_memory</c>).</summary>
    internal bool MemmapOnMemory => Policy("memmap_on_memory") != "N";

    private Numa Numa => _pages.Numa;

    private async SimTask RegisterBlockAsync(MemoryBlock block)
    {
        _blocks.Add(block.Id, block);
        await _memoryBus.AddAsync(block, MemoryDirectory);
        LinkBlock(block, block.Node);
    }

    private static void LinkBlock(MemoryBlock block, NumaNode node)
    {
        block.Link(node.Name, node);
        node.Link(block.Name, block);
    }
}

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

    private async SimTask RegisterBlockAsync(MemoryBlock block)
    {
        _blocks.Add(block.Id, block);
        await _memoryBus.AddAsync(block, MemoryDirectory);
        block.Link(block.Node.Name, block.Node);
        block.Node.Link(block.Name, block);
    }
}

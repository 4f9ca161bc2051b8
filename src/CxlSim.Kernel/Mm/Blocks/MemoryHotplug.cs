using System.Numerics;
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
    private ByteSize? _blockSizeAdvice;
    private bool _isBlockSizeChosen;

    public MemoryHotplug(LinuxKernel kernel)
    {
        _kernel = kernel;
        _hotplugLock = new SimMutex(kernel.Simulation);
        _memoryBus = new Bus(kernel.Core, "memory");
        _nodeBus = new Bus(kernel.Core, "node");
        MemoryDirectory = new MemorySubsystem(kernel, this);
        NodeDirectory = new NodeSubsystem(kernel.Numa);
        kernel.Sysfs.System.Attach(MemoryDirectory);
        kernel.Sysfs.System.Attach(NodeDirectory);
        DefaultOnline = OnlineTypes.BuildDefault(kernel.Config);
        foreach (string? word in kernel.CommandLine.Parameters.Where(parameter => parameter.Name == "memhp_default_state").Select(parameter => parameter.Value))
        {
            DefaultOnline = word is not null && OnlineTypes.TryParse(word, out OnlineType type) ? type : DefaultOnline; // an unknown word changes nothing
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
        BlockSize = Kernel.BlockSize.Probe(endOfMemory, _kernel.Handoff.HasHypervisor, _blockSizeAdvice);
    }

    private async SimTask RegisterBlockAsync(MemoryBlock block)
    {
        _blocks.Add(block.Id, block);
        await _memoryBus.AddAsync(block, MemoryDirectory);
        block.Link(block.Node.Name, block.Node);
        block.Node.Link(block.Name, block);
    }
}

using System.Diagnostics;
using System.Globalization;
using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>A memory block, the unit of hotplug (<c>drivers/base/memory.c</c>, struct memory_block).</summary>
[DebuggerDisplay("{Name,nq} {Range} {State}")]
public sealed class MemoryBlock(MemoryHotplug memory, ulong id, NumaNode node, bool isBootMemory) : Device("memory" + id.ToString(CultureInfo.InvariantCulture))
{
    private static readonly AttributeGroup Attributes = new(
        Attr<MemoryBlock>.ReadOnly("phys_index", block => block.Id.ToString("x8", CultureInfo.InvariantCulture)),
        Attr<MemoryBlock>.ReadWrite("state", block => block.StateText, (block, value) => block._memory.StoreStateAsync(block, Kstrto.Trim(value))),
        Attr<MemoryBlock>.ReadOnly("removable", block => block._memory.CanRemove ? "1" : "0"),
        Attr<MemoryBlock>.ReadOnly("phys_device", _ => "0"),
        Attr<MemoryBlock>.ReadOnly("valid_zones", block => block._memory.ValidZones(block), visible: block => block._memory.CanRemove),
        Attr<MemoryBlock>.ReadWrite(
            "online",
            block => block.State == MemoryBlockState.Online ? "1" : "0",
            (block, value) => block._memory.StoreOnlineAsync(block, value)));

    private readonly MemoryHotplug _memory = memory;

    /// <summary>K of memoryK: the address divided by the block size.</summary>
    public ulong Id => id;

    /// <summary>Of boot memory of several nodes the last.</summary>
    public NumaNode Node { get; internal set; } = node;

    /// <summary>Part of the RAM that the machine started with.</summary>
    public bool IsBootMemory { get; } = isBootMemory;

    /// <summary>Boot RAM that has never been offline: its pages are counted with the node's boot ranges.</summary>
    internal bool IsInBootRanges { get; set; } = isBootMemory;

    /// <summary>What was added together with it; null for boot memory.</summary>
    public MemoryGroup? Group { get; internal init; }

    public MemoryBlockState State { get; internal set; } = MemoryBlockState.Offline;

    /// <summary>The zone that it is online in; null while offline, and for boot memory of more than one zone or node.</summary>
    public Zone? Zone { get; internal set; }

    /// <summary>Pages at its start that hold its own struct pages.</summary>
    public ulong MemmapPages { get; internal set; }

    /// <summary>Pages that were found broken (<c>nr_hwpoison</c>); with any of them it does not go online again.</summary>
    public ulong PoisonedPages { get; internal set; }

    public AddressRange Range => AddressRange.Of(new Hpa(Id * _memory.BlockSize.Bytes), _memory.BlockSize);

    public ulong StartPfn => Range.Start.Value >> 12;

    public PageRange PageRange => new(StartPfn, Pages);

    public ulong Pages => _memory.BlockSize / ByteSize.Page;

    protected override IReadOnlyList<AttributeGroup> DeviceGroups => [Attributes];

    private string StateText => State switch
    {
        MemoryBlockState.Online => "online",
        MemoryBlockState.GoingOffline => "going-offline",
        _ => "offline",
    };
}

using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>The dax bus (<c>drivers/dax/bus.c</c>): a device goes to the driver of its natural type, or to one that was told its name.</summary>
public sealed class DaxBus(KernelCore core, Numa numa, MemoryHotplug memory, MemoryTiers tiers)
{
    public Bus Bus { get; } = new(core, "dax");

    /// <summary>Minors of the character devices, lowest free first.</summary>
    public IdAllocator Minors { get; } = new();

    /// <summary>Ranges that regions have, and below which device (<c>dax_regions</c>).</summary>
    internal Dictionary<Device, AddressRange> Claims { get; } = [];

    internal KernelCore Core => core;

    internal Numa Numa => numa;

    internal MemoryHotplug Memory => memory;

    internal MemoryTiers Tiers => tiers;
}

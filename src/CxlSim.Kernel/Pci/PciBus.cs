using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>The PCI bus type, and functions that leave and come back by hand (<c>drivers/pci/pci-sysfs.c</c>, <c>remove.c</c>).</summary>
public sealed class PciBus : Bus
{
    private static readonly AttributeGroup Attributes = new(Attr<PciBus>.WriteOnly("rescan", (bus, value) => bus.StoreRescanAsync(value)));

    private readonly KernelCore _core;
    private readonly SimMutex _rescanRemoveLock;

    internal PciBus(KernelCore core, Numa numa, Tracing tracing, RasTraceEvents ras)
        : base(core, "pci")
    {
        _core = core;
        Tracing = tracing;
        Ras = ras;
        Numa = numa;
        Config = new ConfigSpace(core);
        Interrupts = new Interrupts(core);
        _rescanRemoveLock = new SimMutex(core.Simulation);
    }

    public ConfigSpace Config { get; }

    /// <summary>Where functions may be near to.</summary>
    public Numa Numa { get; }

    public Interrupts Interrupts { get; }

    internal Tracing Tracing { get; }

    /// <summary>What of errors can be traced.</summary>
    internal RasTraceEvents Ras { get; }

    /// <summary>Root bridges, in the order in which they were found.</summary>
    public List<PciHostBridge> Roots { get; } = [];

    public override IReadOnlyList<AttributeGroup> Groups => [.. base.Groups, Attributes];

    /// <summary>A driver that user space chose is asked alone, and needs not know the function (<c>pci_match_device</c>).</summary>
    protected override bool Matches(Driver driver, Device device) =>
        device is PciDevice { DriverOverride: { } chosen } ? chosen == driver.Name : base.Matches(driver, device);

    /// <summary>What a true value in a function's <c>remove</c> does (<c>pci_stop_and_remove_bus_device_locked</c>).</summary>
    internal async SimTask<Errno> StoreRemoveAsync(PciDevice device, string value)
    {
        if (Kstrto.U64(value, out ulong remove) is var error and not Errno.Ok)
        {
            return error;
        }

        using FrameScope frame = _core.Simulation.Enter("pci_stop_and_remove_bus_device", device.Name);
        using SimMutex.Holder holder = await _rescanRemoveLock.LockAsync();
        if (remove != 0 && device.Parent is not null)
        {
            await StopAndRemoveAsync(device);
        }

        return Errno.Ok;
    }

    /// <summary>What a 1 in a function's <c>reset</c> does (<c>reset_store</c>).</summary>
    internal async SimTask<Errno> StoreResetAsync(PciDevice device, string value)
    {
        if (Kstrto.U64(value, out ulong reset) is var error and not Errno.Ok)
        {
            return error;
        }

        return reset == 1
            ? await new PciReset(_core, device).ResetAsync()
            : _core.Refusals.Report(RefusalRules.ResetValue, Errno.EINVAL, device.Name, "only 1 is for a reset", new NearestChange("write 1"));
    }

    /// <summary>What a function's <c>reset_method</c> takes (<c>reset_method_store</c>).</summary>
    internal SimTask<Errno> StoreResetMethods(PciDevice device, string value) => new PciReset(_core, device).SetMethods(value);

    /// <summary>What a function's <c>numa_node</c> takes: a node that is online, or -1 (<c>numa_node_store</c>).</summary>
    internal Errno StoreNode(PciDevice device, string value)
    {
        Errno error = Kstrto.Int(value, out int node);
        if (error != Errno.Ok)
        {
            return error;
        }

        if (node != Numa.NoNode && Numa.OnlineNodes.All(online => online.Id != node))
        {
            return Errno.EINVAL;
        }

        _core.Log.Alert(device, $"[Firmware Bug]: Overriding NUMA node to {node}.  Contact your vendor for updates.");
        device.NumaNode = node;
        return Errno.Ok;
    }

    private async SimTask<Errno> StoreRescanAsync(string value)
    {
        if (Kstrto.U64(value, out ulong rescan) is var error and not Errno.Ok)
        {
            return error;
        }

        using FrameScope frame = _core.Simulation.Enter("pci_rescan_bus", Name);
        using SimMutex.Holder holder = await _rescanRemoveLock.LockAsync();
        if (rescan != 0)
        {
            await new PciScanPhase(_core, this).RescanAsync();
        }

        return Errno.Ok;
    }

    /// <summary>All functions below a port go, the last first (<c>pciehp_unconfigure_device</c>).</summary>
    internal async SimTask RemoveBelowAsync(PciDevice port)
    {
        using SimMutex.Holder holder = await _rescanRemoveLock.LockAsync();
        foreach (PciDevice below in port.Functions.AsEnumerable().Reverse().ToArray())
        {
            await StopAndRemoveAsync(below);
        }
    }

    /// <summary>What stands in a slot joins; false where nothing answers (<c>pciehp_configure_device</c>).</summary>
    internal async SimTask<bool> AddBelowAsync(PciDevice port)
    {
        using SimMutex.Holder holder = await _rescanRemoveLock.LockAsync();
        return await new PciScanPhase(_core, this).ScanSlotAsync(port);
    }

    /// <summary>What lies below a bridge goes first, the last function first; then its address space is free.</summary>
    private async SimTask StopAndRemoveAsync(PciDevice device)
    {
        foreach (PciDevice below in device.Functions.AsEnumerable().Reverse().ToArray())
        {
            await StopAndRemoveAsync(below);
        }

        List<PciDevice> siblings = device.Upstream?.Functions ?? ((PciHostBridge)device.Parent!).Functions;
        await RemoveAsync(device);
        device.Claimed.ForEach(ResourceTree.Release);
        siblings.Remove(device);
    }
}

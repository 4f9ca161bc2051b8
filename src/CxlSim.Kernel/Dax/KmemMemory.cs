using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>What kmem has of one device: its ranges in whole memory blocks, and which of them are memory (<c>drivers/dax/kmem.c</c>, struct dax_kmem_data).</summary>
/// <param name="bus">What it stands on.</param>
/// <param name="dax">The device.</param>
/// <param name="ranges">What is left of the device's ranges after alignment, with their numbers.</param>
internal sealed class KmemMemory(DaxBus bus, DevDax dax, IReadOnlyList<(int Index, AddressRange Range)> ranges)
{
    private const string ResourceName = "System RAM (kmem)";

    private readonly MemoryGroup _group = new(ranges.Aggregate(ByteSize.Zero, (sum, part) => sum + part.Range.Size) / ByteSize.Page);

    /// <summary>Ranges that are reserved in iomem, by their number.</summary>
    private readonly SortedDictionary<int, Resource> _resources = [];

    /// <summary>How far the node's memory was said to be when the device came.</summary>
    public required int Distance { get; init; }

    /// <summary>Ranges that are memory.</summary>
    public IEnumerable<AddressRange> Added => _resources.Values.Select(resource => resource.Range);

    /// <summary>Reserves and adds range by range, or first all and then all; the first range must go well, others may fail.</summary>
    public async SimTask<Errno> AddAsync(OnlineType online)
    {
        if (bus.Core.Config.Has(KernelChange.KmemWholeDevice) && ReserveAll() is var busy and not Errno.Ok)
        {
            return busy;
        }

        bool isAnyAdded = false;
        foreach ((int index, AddressRange range) in ranges)
        {
            Errno error = await AddRangeAsync(index, range, online);
            if (error != Errno.Ok && !isAnyAdded)
            {
                ReleaseAll();
                return error;
            }

            isAnyAdded |= error == Errno.Ok;
        }

        return Errno.Ok;
    }

    /// <summary>Removes every range whose blocks are offline; the others stay until the next boot. True where nothing stays.</summary>
    public async SimTask<bool> RemoveAsync()
    {
        bool isAllGone = bus.Core.Config.Has(KernelChange.KmemWholeDevice) || ranges.Count == dax.Ranges.Count; // 6.12 counts a range that was too small as one that stays
        foreach ((int index, AddressRange range) in ranges)
        {
            isAllGone &= await RemoveRangeAsync(index, range);
        }

        if (!isAllGone && bus.Core.Config.Has(KernelChange.KmemWholeDevice))
        {
            bus.Core.Log.Error(dax, "Hotplug regions stuck online until reboot");
        }

        return isAllGone;
    }

    private Errno ReserveAll()
    {
        foreach ((int index, AddressRange range) in ranges)
        {
            Errno error = Reserve(index, range);
            if (error != Errno.Ok && _resources.Count == 0)
            {
                return error;
            }
        }

        return Errno.Ok;
    }

    private Errno Reserve(int index, AddressRange range)
    {
        if (bus.Core.Iomem.RequestRegion(range, dax.Name, ResourceFlags.Busy, out Resource? inTheWay) is not { } resource)
        {
            bus.Core.Log.Warning(dax, $"mapping{index}: {range} could not reserve region");
            return dax.RefuseRange(range, inTheWay, "dev_dax_kmem_probe", "drivers/dax/kmem.c");
        }

        resource.Flags = ResourceFlags.SystemRam; // not busy: the memory itself goes below
        _resources[index] = resource;
        return Errno.Ok;
    }

    private async SimTask<Errno> AddRangeAsync(int index, AddressRange range, OnlineType online)
    {
        if (!_resources.ContainsKey(index))
        {
            Errno reserved = bus.Core.Config.Has(KernelChange.KmemWholeDevice) ? Errno.EBUSY : Reserve(index, range);
            if (reserved != Errno.Ok)
            {
                return reserved;
            }
        }

        int node = dax.Region.TargetNode;
        Errno error = await bus.Memory.AddDriverManagedAsync(node, range, ResourceName, dax.MemmapOnMemory, _group, online);
        if (error != Errno.Ok)
        {
            bus.Core.Log.Warning(dax, $"mapping{index}: {range} memory add failed");
            bus.Core.Findings.Report(KernelRules.KmemAdd, new AddressPlace(range), $"{range} of {dax.Name} that cannot be added ({error})");
            Release(index);
            return error == Errno.E2BIG ? dax.RefuseBeyondTables(RefusalRules.DaxReach, error, range)
                : dax.Refuse(KernelRules.KmemAdd, error, $"{range} cannot be added", null, ("range", range.ToString()), ("node", node));
        }

        return Errno.Ok;
    }

    private async SimTask<bool> RemoveRangeAsync(int index, AddressRange range)
    {
        if (bus.Core.Config.Has(KernelChange.KmemWholeDevice) && !_resources.ContainsKey(index))
        {
            return true; // 6.12 tries to remove what it has never added
        }

        if (await bus.Memory.RemoveAsync(range) != Errno.Ok)
        {
            if (bus.Core.Config.Has(KernelChange.KmemWholeDevice))
            {
                bus.Core.Log.Warning(dax, $"mapping{index}: {range} stuck online until reboot");
            }
            else
            {
                bus.Core.Log.Error(dax, $"mapping{index}: {range} cannot be hotremoved until the next reboot");
            }

            return false;
        }

        Release(index);
        return true;
    }

    private void ReleaseAll()
    {
        foreach (int index in _resources.Keys.ToArray())
        {
            Release(index);
        }
    }

    private void Release(int index)
    {
        if (_resources.Remove(index, out Resource? resource))
        {
            ResourceTree.Release(resource);
        }
    }
}

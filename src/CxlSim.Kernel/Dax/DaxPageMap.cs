using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>What drivers do that give a dax device struct pages of its own: its ranges are taken in iomem, and pages put into the zone Device (<c>mm/memremap.c</c>).</summary>
internal static class DaxPageMap
{
    /// <summary>EBUSY where a range is taken, EINVAL where that was found before, ENOMEM where struct pages have no room. All of it is given back when the driver lets go, but for the zone's span.</summary>
    /// <param name="bus">What it stands on.</param>
    /// <param name="dax">The device.</param>
    /// <param name="pageSize">The size of its pages.</param>
    /// <param name="function">Who asks.</param>
    /// <param name="source">Where that stands.</param>
    public static Errno Take(DaxBus bus, DevDax dax, ByteSize pageSize, string function, string source)
    {
        if (dax.FailedFor is { } reason)
        {
            bus.Core.Log.Warning(dax, "dynamic-dax with pre-populated page map");
            return dax.Refuse(RefusalRules.DaxPageMapLeft with { Function = function, Source = source }, Errno.EINVAL, $"{reason} before, and the page map was left", NearestDax.Reboot);
        }

        IReadOnlyList<AddressRange> ranges = dax.Ranges; // as they are now: a write to mapping adds to them whoever has the device
        List<Resource> taken = [];
        dax.OnUnbind(() =>
        {
            foreach (AddressRange range in ranges)
            {
                bus.Memory.DevicePages.Remove(range);
            }

            taken.ForEach(ResourceTree.Release);
            return Engine.SimTask.CompletedTask;
        });
        for (int i = 0; i < ranges.Count; i++)
        {
            if (bus.Core.Iomem.RequestRegion(ranges[i], dax.Name, ResourceFlags.Busy, out Resource? inTheWay) is not { } resource)
            {
                bus.Core.Log.Warning(dax, $"mapping{i}: {ranges[i]} could not reserve range");
                dax.FailedFor = $"{ranges[i]} could not be reserved";
                return dax.RefuseRange(ranges[i], inTheWay, function, source);
            }

            taken.Add(resource);
        }

        foreach (AddressRange range in ranges)
        {
            if (!bus.Memory.IsAllowed(range))
            {
                dax.FailedFor = $"{range} was not allowed";
                return dax.RefuseBeyondTables(RefusalRules.DaxReach, Errno.EINVAL, range);
            }
        }

        foreach (AddressRange range in ranges)
        {
            if (bus.Memory.DevicePages.Add(NodeOf(bus, dax), range, pageSize) is var error and not Errno.Ok)
            {
                dax.FailedFor = $"{range} got no struct pages";
                return error;
            }
        }

        return Errno.Ok;
    }

    /// <summary>The device's own node, or that of the CPU that maps it; never its target node.</summary>
    private static NumaNode NodeOf(DaxBus bus, DevDax dax)
    {
        NumaNode? local = dax.Region.NumaNode >= 0 ? bus.Numa.Node(dax.Region.NumaNode) : bus.Numa.Cpus.All[0].Node;
        return local is { HasMemory: true } ? local : bus.Numa.OnlineNodes.First(online => online.HasMemory);
    }
}

using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>Leaves a dax device to user space, to be mapped (<c>drivers/dax/device.c</c>).</summary>
public sealed class DeviceDaxDriver(LinuxKernel kernel) : DaxDriver(kernel.Refusals, "device_dax")
{
    /// <summary>Also what is meant to become memory, where the kernel has no driver for that.</summary>
    protected override bool MatchesType(DevDax dax) => !dax.Region.IsForKmem || !kernel.Config.IsEnabled("DEV_DAX_KMEM");

    protected override FrameScope Enter(DevDax dax) => kernel.Simulation.Enter("dev_dax_probe", dax.Name);

    protected override SimTask<Errno> ProbeAsync(DevDax dax)
    {
        List<Resource> taken = [];
        dax.OnUnbind(() =>
        {
            taken.ForEach(ResourceTree.Release);
            return SimTask.CompletedTask;
        });
        for (int i = 0; i < dax.Ranges.Count; i++)
        {
            if (kernel.Iomem.RequestRegion(dax.Ranges[i], dax.Name) is not { } resource)
            {
                kernel.Log.Warning(dax, $"mapping{i}: {dax.Ranges[i]} could not reserve range");
                return dax.Refuse(
                    RefusalRules.DaxRange with { Function = "dev_dax_probe", Source = "drivers/dax/device.c" }, Errno.EBUSY, $"{dax.Ranges[i]} could not be reserved",
                    new NearestChange("reboot: memory that could not be removed keeps its addresses"), ("range", dax.Ranges[i].ToString()));
            }

            taken.Add(resource);
        }

        SpanDeviceZone(dax);
        return Errno.Ok;
    }

    /// <summary>A device without a node of its own joins that of the CPU that maps it, not its target node. The zone never shrinks (<c>mm/memremap.c</c>).</summary>
    private void SpanDeviceZone(DevDax dax)
    {
        NumaNode? local = kernel.Cpus.All[0].Node;
        NumaNode? node = local is { HasMemory: true } ? local : kernel.Numa.OnlineNodes.FirstOrDefault(online => online.HasMemory);
        foreach (AddressRange range in dax.Ranges)
        {
            node?.Zone(ZoneType.Device).Grow(range.Start.Value / ByteSize.Page.Bytes, range.Size / ByteSize.Page);
        }
    }
}

using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>Leaves a dax device to user space, to be mapped (<c>drivers/dax/device.c</c>).</summary>
public sealed class DeviceDaxDriver(LinuxKernel kernel) : DaxDriver("device_dax")
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
                return Errno.EBUSY;
            }

            taken.Add(resource);
        }

        return Errno.Ok;
    }
}

using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>Leaves a dax device to user space, to be mapped (<c>drivers/dax/device.c</c>).</summary>
public sealed class DeviceDaxDriver(LinuxKernel kernel) : DaxDriver(kernel.Refusals, "device_dax")
{
    /// <summary>Also what is meant to become memory, where the kernel has no driver for that.</summary>
    protected override bool MatchesType(DevDax dax) => !dax.Region.IsForKmem || !kernel.Config.IsEnabled("DEV_DAX_KMEM");

    protected override FrameScope Enter(DevDax dax) => kernel.Simulation.Enter("dev_dax_probe", dax.Name);

    protected override SimTask<Errno> ProbeAsync(DevDax dax) => DaxPageMap.Take(kernel, dax, "dev_dax_probe", "drivers/dax/device.c");
}

using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>Leaves a dax device to user space, to be mapped (<c>drivers/dax/device.c</c>).</summary>
public sealed class DeviceDaxDriver(DaxBus bus) : DaxDriver(bus.Core.Refusals, "device_dax")
{
    /// <summary>Also what is meant to become memory, where the kernel has no driver for that.</summary>
    protected override bool MatchesType(DevDax dax) => !dax.Region.IsForKmem || !bus.Core.Config.IsEnabled("DEV_DAX_KMEM");

    protected override FrameScope Enter(DevDax dax) => bus.Core.Simulation.Enter("dev_dax_probe", dax.Name);

    protected override SimTask<Errno> ProbeAsync(DevDax dax) => DaxPageMap.Take(bus, dax, dax.Alignment, "dev_dax_probe", "drivers/dax/device.c");
}

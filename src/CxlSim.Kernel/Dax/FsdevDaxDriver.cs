using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>Leaves a dax device to a file system: its node opens, and cannot be mapped (<c>drivers/dax/fsdev.c</c>). Since <see cref="KernelChange.FsdevDriver"/>.</summary>
public sealed class FsdevDaxDriver(DaxBus bus) : DaxDriver(bus.Core.Refusals, "fsdev_dax")
{
    protected override bool MatchesType(DevDax dax) => !dax.Region.IsForKmem;

    protected override FrameScope Enter(DevDax dax) => bus.Core.Simulation.Enter("fsdev_dax_probe", dax.Name);

    protected override SimTask<Errno> ProbeAsync(DevDax dax) => DaxPageMap.Take(bus, dax, ByteSize.Page, "fsdev_dax_probe", "drivers/dax/fsdev.c");
}

using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>Makes a DAX region and its first device of a volatile CXL region (<c>drivers/dax/cxl.c</c>).</summary>
public sealed class CxlDaxRegionDriver(CxlCore cxl, DaxBus dax) : Driver("cxl_dax_region")
{
    protected override bool HasBindAttributes => false;

    public override bool ProbesAsynchronously => cxl.Core.Config.Has(KernelChange.SoftReservedDecidedLate);

    public override bool Matches(Device device) => device is CxlDaxRegion;

    public override async SimTask<Errno> ProbeAsync(Device device)
    {
        CxlDaxRegion owner = (CxlDaxRegion)device;
        using FrameScope frame = cxl.Core.Simulation.Enter("cxl_dax_region_probe", owner.Name);
        cxl.Core.Milestone("DaxProbe", owner.Name);
        AddressRange range = owner.Region.Resource!.Range;
        int node = cxl.Numa.TargetNode(range.Start);
        node = node == Numa.NoNode ? cxl.Numa.HotAddNode(range.Start) : node;
        DaxRegion region = new(dax, owner, owner.Region.Id, range, node);
        if (region.Claim() is var error and not Errno.Ok)
        {
            return error;
        }

        owner.DaxRegion = region;
        owner.OnUnbind(async () =>
        {
            await region.RemoveAsync();
            owner.DaxRegion = null;
        });
        await region.AddDeviceAsync(range.Size, memmapOnMemory: true);
        return Errno.Ok;
    }
}

using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>Brings a committed region into use: volatile memory gets a dax_region, persistent memory a pmem_region (<c>cxl_region_probe</c> in <c>drivers/cxl/core/region.c</c>).</summary>
public sealed class CxlRegionDriver(CxlCore cxl) : Driver("cxl_region")
{
    public override bool Matches(Device device) => device is CxlRegion;

    public override async SimTask<Errno> ProbeAsync(Device device)
    {
        CxlRegion region = (CxlRegion)device;
        using FrameScope frame = cxl.Core.Simulation.Enter("cxl_region_probe", region.Name);
        if (region.State < RegionState.Commit)
        {
            cxl.Core.Log.Debug(region, $"config state: {(int)region.State}");
            return Errno.ENXIO; // a new region is offered to it as well: only who binds it wants to know
        }

        cxl.Active.Add(region);
        region.OnUnbind(() =>
        {
            cxl.Active.Remove(region);
            return SimTask.CompletedTask;
        });
        if (region.Mode != DecoderMode.Ram)
        {
            return await region.AddPmemRegionAsync();
        }

        if (cxl.Core.Iomem.FindOverlap(region.Resource!.Range, ResourceFlags.SystemRam | ResourceFlags.Busy) is not null)
        {
            cxl.Core.Log.Debug(region, "has System RAM: left to firmware");
            return Errno.Ok;
        }

        CxlDaxRegion dax = new(region);
        region.OnUnbind(() => cxl.Bus.RemoveAsync(dax));
        await cxl.Bus.AddAsync(dax, region);
        cxl.Core.Log.Debug(region, $"{region.Name}: register {dax.Name}");
        return Errno.Ok;
    }

    internal override void Explain(KernelRefusals refusals, Device device, Errno error)
    {
        CxlRegion region = (CxlRegion)device;
        string state = RegionStates.Word(region.State);
        refusals.Report(RefusalRules.RegionNotCommitted, error, region.Name, $"{region.Name} is {state}", NearestRegion.CommitAndBind(region), ("state", state));
    }
}

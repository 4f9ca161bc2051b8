using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>Takes the addresses of a persistent region and gives it to libnvdimm (<c>cxl_pmem_region_probe</c> in <c>drivers/cxl/pmem.c</c>).</summary>
public sealed class CxlPmemRegionDriver(CxlCore cxl, NvdimmCore libnvdimm) : Driver("cxl_pmem_region")
{
    protected override bool HasBindAttributes => false;

    public override bool Matches(Device device) => device is CxlPmemRegion;

    public override async SimTask<Errno> ProbeAsync(Device device)
    {
        CxlPmemRegion region = (CxlPmemRegion)device;
        using FrameScope frame = cxl.Core.Simulation.Enter("cxl_pmem_region_probe", region.Name);
        if (!region.HasBridge)
        {
            cxl.Core.Log.Error(region, "BUG: cxl_pmem_region_probe reads the bridge, which it does not have"); // whoever loads the module does not live to see it
            return Errno.EFAULT;
        }

        Resource memory = new("Persistent Memory", region.Range, ResourceFlags.None);
        if (cxl.Core.Iomem.Insert(memory) is not null)
        {
            return Errno.EBUSY;
        }

        region.OnUnbind(() =>
        {
            ResourceTree.Remove(memory); // the region's own line moves up again
            return SimTask.CompletedTask;
        });
        List<NdMapping> mappings = [];
        foreach (PmemMapping member in region.Mappings)
        {
            if (member.Memdev.Nvdimm?.Dimm is not { } dimm)
            {
                cxl.Core.Log.Debug(region, $"[{mappings.Count}]: {member.Memdev.Name}: no nvdimm found");
                return Errno.ENODEV;
            }

            if (member.Memdev.Serial == 0)
            {
                cxl.Core.Log.Error(region, $"{member.Memdev.Name}: invalid or missing serial number"); // members could not be told apart
                return Errno.ENXIO;
            }

            mappings.Add(new NdMapping(dimm, member.Memdev.Serial, member.Start, member.Size));
        }

        int near = cxl.Numa.HotAddNode(region.Range.Start);
        int target = cxl.Numa.TargetNode(region.Range.Start);
        NdRegion handed = new(region.Region.Id, region.Range, mappings) { NumaNode = near, TargetNode = target == Numa.NoNode ? near : target };
        await libnvdimm.Bus.AddAsync(handed, cxl.BridgeOf(region.Region.Root.Port)!.NvdimmBus!); // a pmem_region does not outlive the bus
        region.OnUnbind(() => libnvdimm.Bus.RemoveAsync(handed));
        return Errno.Ok;
    }
}

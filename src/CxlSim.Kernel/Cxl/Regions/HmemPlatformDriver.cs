using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>Decides for each range: CXL's, or a device of its own (<c>drivers/dax/hmem/hmem.c</c>, hmem_register_device).</summary>
public sealed class HmemPlatformDriver(CxlCore cxl, HmemRanges ranges) : Driver("hmem_platform")
{
    public override bool Matches(Device device) => device is HmemPlatform;

    public override async SimTask<Errno> ProbeAsync(Device device)
    {
        if (ranges.Decision is not null)
        {
            return Errno.EBUSY; // bound again before that was decided
        }

        List<(AddressRange Range, int TargetNode)> deferred = [];
        foreach ((AddressRange range, int targetNode) in ranges.Active)
        {
            if (cxl.Core.Config.IsEnabled(IsDecidedLate ? "DEV_DAX_CXL" : "CXL_REGION") && cxl.Core.Iomem.FindOverlap(range, ResourceFlags.CxlWindow) is not null)
            {
                cxl.Core.Log.Debug(device, $"deferring range to CXL: [mem 0x{range.Start.Value:x8}-0x{range.Last.Value:x8} flags 0x80000200]");
                deferred.Add((range, targetNode));
            }
            else
            {
                await AddIfSoftReservedAsync(device, range, targetNode);
            }
        }

        if (IsDecidedLate && deferred.Count > 0 && !ranges.AreDecided)
        {
            ranges.Decide(() => TakeWhatIsLeftAsync(device, deferred));
        }

        return Errno.Ok;
    }

    private bool IsDecidedLate => cxl.Core.Config.Has(KernelChange.SoftReservedDecidedLate);

    /// <summary>When devices have been probed, ranges that no region of CXL holds become devices after all.</summary>
    private async SimTask TakeWhatIsLeftAsync(Device platform, List<(AddressRange Range, int TargetNode)> deferred)
    {
        await cxl.Pci.WaitForProbesAsync();
        await cxl.Bus.WaitForProbesAsync();
        if (platform.Driver != this)
        {
            return;
        }

        ranges.AreDecided = true;
        foreach ((AddressRange range, int targetNode) in deferred)
        {
            if (!cxl.Active.Exists(region => region.Resource!.Range.Contains(range)))
            {
                await AddIfSoftReservedAsync(platform, range, targetNode);
            }
        }
    }

    /// <summary>What is not soft-reserved from end to end is passed over: DRAM that the HMAT names, too.</summary>
    private async SimTask AddIfSoftReservedAsync(Device platform, AddressRange range, int targetNode)
    {
        ResourceTree tree = cxl.Core.Config.Has(KernelChange.SoftReservedApart) ? cxl.Core.SoftReserved : cxl.Core.Iomem;
        if (tree.IsCoveredBy(range, ResourceFlags.SoftReserved))
        {
            await AddAsync(platform, new HmemDevice(cxl.RegionIds.Allocate(), range, targetNode, cxl.Numa.OnlineNode(targetNode)));
        }
    }

    /// <summary>The device goes with this driver, and its number after it.</summary>
    private SimTask AddAsync(Device platform, HmemDevice hmem)
    {
        platform.OnUnbind(async () =>
        {
            await cxl.Core.PlatformBus.RemoveAsync(hmem);
            cxl.RegionIds.Free(hmem.Id);
        });
        return cxl.Core.PlatformBus.AddAsync(hmem, IsDecidedLate ? platform : cxl.Core.Sysfs.Platform);
    }
}

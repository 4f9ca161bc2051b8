using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>Decides for each soft-reserved range: CXL's, or a device of its own (<c>drivers/dax/hmem/hmem.c</c>, hmem_register_device).</summary>
public sealed class HmemPlatformDriver(LinuxKernel kernel) : Driver("hmem_platform")
{
    public override bool Matches(Device device) => device is HmemPlatform;

    public override async SimTask<Errno> ProbeAsync(Device device)
    {
        foreach ((AddressRange range, int targetNode) in ((HmemPlatform)device).Ranges)
        {
            if (kernel.Config.IsEnabled("CXL_REGION") && kernel.Iomem.FindOverlap(range, ResourceFlags.CxlWindow) is not null)
            {
                kernel.Log.Debug(device, $"deferring range to CXL: [mem 0x{range.Start.Value:x8}-0x{range.Last.Value:x8} flags 0x80000200]");
                continue;
            }

            await AddAsync(device, new HmemDevice(kernel.Cxl.RegionIds.Allocate(), range, targetNode, kernel.Numa.OnlineNode(targetNode)));
        }

        return Errno.Ok;
    }

    /// <summary>The device goes with this driver, and its number after it.</summary>
    private SimTask AddAsync(Device platform, HmemDevice hmem)
    {
        platform.OnUnbind(async () =>
        {
            await kernel.PlatformBus.RemoveAsync(hmem);
            kernel.Cxl.RegionIds.Free(hmem.Id);
        });
        return kernel.PlatformBus.AddAsync(hmem, kernel.Sysfs.Platform);
    }
}

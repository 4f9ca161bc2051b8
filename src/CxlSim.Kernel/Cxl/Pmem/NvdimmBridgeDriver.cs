using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>Registers the nvdimm bus below the bridge; without the bus neither regions nor dimms last (<c>drivers/cxl/pmem.c</c>).</summary>
public sealed class NvdimmBridgeDriver(CxlCore cxl, NvdimmCore libnvdimm) : Driver("cxl_nvdimm_bridge")
{
    protected override bool HasBindAttributes => false;

    public override bool Matches(Device device) => device is NvdimmBridge;

    public override async SimTask<Errno> ProbeAsync(Device device)
    {
        NvdimmBridge bridge = (NvdimmBridge)device;
        NvdimmBus bus = new(libnvdimm.BusIds.Allocate());
        await libnvdimm.Bus.AddAsync(bus, bridge);
        bridge.NvdimmBus = bus;
        bridge.OnUnbind(async () =>
        {
            bridge.NvdimmBus = null;
            await libnvdimm.Bus.RemoveAsync(bus);
            libnvdimm.BusIds.Free(bus.Id);
        });
        bridge.OnUnbind(() => ReleaseNvdimmsAsync(bridge));
        bridge.OnUnbind(() => RemoveRegionsAsync(bridge));
        return Errno.Ok;
    }

    private async SimTask ReleaseNvdimmsAsync(NvdimmBridge bridge)
    {
        foreach (CxlNvdimm nvdimm in cxl.Bus.Devices.OfType<CxlNvdimm>().Where(nvdimm => nvdimm.Bridge == bridge).ToArray())
        {
            await cxl.Bus.UnbindAsync(nvdimm);
        }
    }

    private async SimTask RemoveRegionsAsync(NvdimmBridge bridge)
    {
        foreach (CxlPmemRegion region in cxl.Bus.Devices.OfType<CxlPmemRegion>().Where(region => region.Region.Root.Port == bridge.Parent).Reverse().ToArray())
        {
            await region.Region.RemovePmemRegionAsync();
        }
    }
}

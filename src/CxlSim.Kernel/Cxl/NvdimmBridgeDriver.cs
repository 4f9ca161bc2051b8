using System.Globalization;
using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>Registers the nvdimm bus below the bridge (<c>drivers/cxl/pmem.c</c>); what libnvdimm does with it is out of scope.</summary>
public sealed class NvdimmBridgeDriver(LinuxKernel kernel) : Driver("cxl_nvdimm_bridge")
{
    protected override bool HasBindAttributes => false;

    public override bool Matches(Device device) => device is NvdimmBridge;

    public override SimTask<Errno> ProbeAsync(Device device)
    {
        Device bus = new("ndbus" + ((NvdimmBridge)device).Id.ToString(CultureInfo.InvariantCulture));
        device.Attach(bus);
        bus.Link("subsystem", kernel.Sysfs.Buses.Directory("nd"));
        device.OnUnbind(() =>
        {
            device.Detach(bus);
            return SimTask.CompletedTask;
        });
        return Errno.Ok;
    }
}

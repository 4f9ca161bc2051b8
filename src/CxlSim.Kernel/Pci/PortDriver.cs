using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.Pci;

namespace CxlSim.Kernel;

/// <summary>Binds to root ports and switch ports (<c>drivers/pci/pcie/portdrv.c</c>); of its services hot-plug and error reporting are modelled.</summary>
public sealed class PortDriver(KernelCore core, PciBus bus) : Driver("pcieport")
{
    public override bool Matches(Device device) => device is PciDevice { IsBridge: true, ExpressType: not null };

    public override SimTask<Errno> ProbeAsync(Device device)
    {
        PciDevice port = (PciDevice)device;
        if (!Matches(port))
        {
            return Errno.ENODEV; // user space chose it
        }

        if (port is { ExpressType: PciCapability.ExpressTypeRootPort, ErrorReportingOffset: not 0 } && PciDevice.ReportsErrors(core))
        {
            new AerService(core, bus, port).Enable();
        }

        if (port.ExpressType is PciCapability.ExpressTypeRootPort or PciCapability.ExpressTypeDownstreamPort
            && (port.ReadExpress(PciCapability.ExpressFlags, 2) & PciCapability.FlagSlotImplemented) != 0
            && (port.ReadExpress(PciCapability.ExpressSlotCapabilities, 4) & PciSlotBits.HotPlugCapable) != 0)
        {
            new PciehpSlot(core, bus, port).Enable();
        }

        return Errno.Ok;
    }
}

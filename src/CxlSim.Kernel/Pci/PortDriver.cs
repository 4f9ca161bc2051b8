using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>Binds to root ports and switch ports (<c>drivers/pci/pcie/portdrv.c</c>); its services are not modelled.</summary>
public sealed class PortDriver() : Driver("pcieport")
{
    public override bool Matches(Device device) => device is PciDevice { IsBridge: true, ExpressType: not null };

    public override SimTask<Errno> ProbeAsync(Device device) => Errno.Ok;
}

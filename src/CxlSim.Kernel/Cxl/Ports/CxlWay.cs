using CxlSim.Core;
using CxlSim.Spec.Cxl;
using CxlSim.Spec.Pci;

namespace CxlSim.Kernel;

/// <summary>What stands above and below a component, and where its registers lie: PCI functions are asked, platform devices say it (<c>drivers/cxl/core/port.c</c>, <c>pci.c</c>).</summary>
public static class CxlWay
{
    /// <summary>The component on the other side of the link or switch above; null where only the host bridge is left.</summary>
    public static Device? Above(Device device) => device switch
    {
        PciDevice pci => pci.Upstream,
        CxlPlatformDevice => device.Parent as CxlPlatformDevice,
        _ => null,
    };

    /// <summary>The root ports of a host bridge, or the downstream ports of a switch (<c>devm_cxl_port_enumerate_dports</c>).</summary>
    public static IEnumerable<Device> DownstreamPorts(Device uport) => uport switch
    {
        PciHostBridge bridge => bridge.Functions.Where(pci => pci.ExpressType == PciCapability.ExpressTypeRootPort),
        PciDevice upstream => upstream.Functions.Where(pci => pci.ExpressType == PciCapability.ExpressTypeDownstreamPort),
        CxlPlatformDevice => uport.Children.Values.OfType<CxlPlatformDevice>().OrderBy(child => child.Id),
        _ => [],
    };

    /// <summary>The port number by which target lists name a downstream port.</summary>
    public static int PortNumber(Device dport) => dport switch
    {
        PciDevice pci => pci.PortNumber,
        CxlPlatformDevice other => other.Id,
        _ => 0,
    };

    /// <summary>Where the component registers of a port lie; null where there are none.</summary>
    public static Hpa? Components(KernelCore core, Device device) => device switch
    {
        PciDevice pci => RegisterMap.FindBlock(core, pci, Dvsec.BlockComponent),
        CxlPlatformDevice other => other.Components,
        _ => null,
    };
}

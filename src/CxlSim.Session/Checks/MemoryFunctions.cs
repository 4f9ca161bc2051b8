using CxlSim.Kernel;
using CxlSim.Spec.Pci;

namespace CxlSim.Session;

/// <summary>CXL memory devices as PCI functions, and their way up to the host bridge: devices that no driver took have it too.</summary>
internal static class MemoryFunctions
{
    /// <summary>All functions of the class of CXL memory devices.</summary>
    public static IEnumerable<PciDevice> All(LinuxKernel kernel) => kernel.PciBus.Devices.OfType<PciDevice>().Where(pci => pci.ClassCode == PciClass.CxlMemory);

    /// <summary>The function and the bridges above it.</summary>
    public static IEnumerable<PciDevice> UpToRoot(this PciDevice pci)
    {
        for (PciDevice? at = pci; at is not null; at = at.Upstream)
        {
            yield return at;
        }
    }

    /// <summary>The root bridge above a function; null where its parent is none.</summary>
    public static PciHostBridge? HostBridge(this PciDevice pci) => pci.UpToRoot().Last().Parent as PciHostBridge;

    /// <summary>The host bridge as the CXL root sees it; null where it does not.</summary>
    public static CxlDport? BridgeDport(this PciDevice pci, CxlPort root) => pci.HostBridge() is { } bridge ? root.FindDport(bridge) : null;
}

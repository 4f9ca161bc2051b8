using CxlSim.Core;
using CxlSim.Spec.Cxl;
using CxlSim.Spec.Pci;

namespace CxlSim.Firmware;

/// <summary>Finds CXL's own capabilities of a function, through configuration space (CXL r3.1 8.1).</summary>
internal static class DvsecFinder
{
    /// <summary>As many as fit into configuration space: a list that leads in a circle ends too.</summary>
    private const int MostCapabilities = 480;

    /// <returns>Where the DVSEC begins; null for a function without.</returns>
    public static int? Find(IHostBus bus, Bdf function, ushort id)
    {
        int offset = PciConfig.FirstExtendedCapability;
        for (int steps = 0; offset != 0 && steps < MostCapabilities; steps++)
        {
            uint header = bus.ReadConfig(function, offset, 4);
            if ((header & 0xffff) == PciCapability.Dvsec
                && (bus.ReadConfig(function, offset + Dvsec.Header1, 4) & 0xffff) == Dvsec.VendorCxl
                && bus.ReadConfig(function, offset + Dvsec.Header2, 2) == id)
            {
                return offset;
            }

            offset = (int)(header >> 20);
        }

        return null;
    }
}

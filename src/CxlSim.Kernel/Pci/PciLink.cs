using CxlSim.Spec.Pci;

namespace CxlSim.Kernel;

/// <summary>What a function's link does: bandwidth and latency (<c>drivers/pci/pci.c</c>, <c>drivers/cxl/core/pci.c</c>).</summary>
public static class PciLink
{
    private const uint BitsPerByte = 8;
    private const uint FlitBytes = 68;
    private const uint LargeFlitBytes = 256;
    private const int MegaBits = 1_000_000;

    /// <summary>Mb/s of a lane by the encoding of its speed; 0 for none.</summary>
    private static readonly uint[] LaneSpeeds = [0, 2_500, 5_000, 8_000, 16_000, 32_000, 64_000];

    /// <summary>A flit's time on one lane, in picoseconds (<c>cxl_pci_get_latency</c>).</summary>
    public static uint Latency(PciDevice pci)
    {
        uint lane = Speed(pci) / BitsPerByte;
        bool isLarge = (pci.ReadExpress(PciCapability.ExpressLinkStatus2) & PciCapability.LinkStatus2Flit) != 0;
        return lane == 0 ? 0 : (isLarge ? LargeFlitBytes : FlitBytes) * MegaBits / lane;
    }

    /// <summary>The link's own MB/s (<c>cxl_pci_get_bandwidth</c>).</summary>
    public static uint Bandwidth(PciDevice pci) => Speed(pci) * Width(pci) / BitsPerByte;

    /// <summary>MB/s of the narrowest link on the way up, its encoding taken off (<c>pcie_bandwidth_available</c>).</summary>
    public static uint Available(PciDevice pci)
    {
        uint least = uint.MaxValue;
        for (PciDevice? at = pci; at is not null; at = at.Upstream)
        {
            least = Math.Min(least, Encoded(Speed(at)) * Width(at));
        }

        return least / BitsPerByte;
    }

    /// <summary>8b/10b up to 5 GT/s, then 128b/130b, and none with 64 GT/s.</summary>
    private static uint Encoded(uint speed) => speed switch
    {
        <= 5_000 => speed * 8 / 10,
        <= 32_000 => speed * 128 / 130,
        _ => speed,
    };

    /// <summary>Mb/s of a lane; 0 where the link has no speed that is known.</summary>
    public static uint Speed(PciDevice pci) =>
        (int)(pci.ReadExpress(PciCapability.ExpressLinkStatus) & PciCapability.LinkStatusSpeedMask) is var speed && speed < LaneSpeeds.Length ? LaneSpeeds[speed] : 0;

    /// <summary>Lanes that are in use.</summary>
    public static uint Width(PciDevice pci) => (pci.ReadExpress(PciCapability.ExpressLinkStatus) >> PciCapability.LinkStatusWidthShift) & PciCapability.LinkStatusWidthMask;
}

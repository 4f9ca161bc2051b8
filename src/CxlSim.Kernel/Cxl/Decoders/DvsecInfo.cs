using CxlSim.Core;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>What a device's DVSEC says of CXL.mem: switched on or not, and by which ranges (<c>cxl_dvsec_rr_decode</c> in <c>drivers/cxl/core/pci.c</c>).</summary>
/// <param name="IsMemEnabled">Somebody before us has switched CXL.mem on.</param>
/// <param name="Ranges">The ranges with a size, while it is on; else none.</param>
public sealed record DvsecInfo(bool IsMemEnabled, IReadOnlyList<AddressRange> Ranges)
{
    /// <summary>ENXIO for a device without DVSEC or CXL.mem, EINVAL for a count of ranges that makes no sense. What is no PCI function has none, and needs none.</summary>
    public static Errno Read(KernelLog log, CxlMemdev memdev, out DvsecInfo info)
    {
        info = new DvsecInfo(false, []);
        if (memdev.Pci is not { } pci)
        {
            return Errno.Ok;
        }

        int dvsec = pci.FindCxlDvsec(Dvsec.DeviceId);
        uint capability = dvsec == 0 ? 0 : pci.ReadConfig(dvsec + Dvsec.DeviceCapability, 2);
        if ((capability & Dvsec.CapabilityMem) == 0)
        {
            log.Debug(pci, "not capable of CXL.mem");
            return Errno.ENXIO;
        }

        int count = (int)((capability >> Dvsec.CapabilityHdmCountShift) & 3);
        if (count is 0 or > Dvsec.MostRanges)
        {
            return Errno.EINVAL;
        }

        bool isEnabled = (pci.ReadConfig(dvsec + Dvsec.DeviceControl, 2) & Dvsec.ControlMemEnable) != 0;
        info = new DvsecInfo(isEnabled, isEnabled ? [.. Enumerable.Range(0, count).Select(range => ReadRange(pci, dvsec, range)).OfType<AddressRange>()] : []);
        return Errno.Ok;
    }

    /// <summary>Switches CXL.mem on or off (<c>cxl_set_mem_enable</c>).</summary>
    public static void SetMem(PciDevice pci, bool on)
    {
        int control = pci.FindCxlDvsec(Dvsec.DeviceId) + Dvsec.DeviceControl;
        uint others = pci.ReadConfig(control, 2) & ~(uint)Dvsec.ControlMemEnable;
        pci.WriteConfig(control, 2, others | (on ? Dvsec.ControlMemEnable : 0u));
    }

    private static AddressRange? ReadRange(PciDevice pci, int dvsec, int range)
    {
        int at = dvsec + (range * Dvsec.DeviceRangeStride);
        return AddressRange.TryCreate(
            new Hpa(ReadWide(pci, at + Dvsec.DeviceRange1BaseHigh)), new ByteSize(ReadWide(pci, at + Dvsec.DeviceRange1SizeHigh)), out AddressRange found)
            ? found
            : null;
    }

    /// <summary>High word first; the low one counts from bit 28.</summary>
    private static ulong ReadWide(PciDevice pci, int high) => ((ulong)pci.ReadConfig(high, 4) << 32) | (pci.ReadConfig(high + 4, 4) & Dvsec.RangeLowMask);
}

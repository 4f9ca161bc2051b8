using CxlSim.Core;
using CxlSim.Spec.Pci;

namespace CxlSim.Kernel;

/// <summary>A BAR of memory, as its device tells it (<c>__pci_read_base</c> in <c>drivers/pci/probe.c</c>).</summary>
/// <param name="Index">Of six, or two of a bridge; one of 64 bits takes the next as well.</param>
/// <param name="Size">In bytes, never 0.</param>
/// <param name="Is64Bit">Whether its address has 64 bits.</param>
/// <param name="IsPrefetchable">Whether reading has no side effects.</param>
public sealed record PciBar(int Index, ulong Size, bool Is64Bit, bool IsPrefetchable)
{
    private int Offset => PciConfig.Bar0 + (4 * Index);

    /// <summary>Asks the device, whose decoding is off meanwhile. Null where there is no such BAR, or it is one of ports.</summary>
    /// <param name="device">The device.</param>
    /// <param name="index">The BAR's.</param>
    /// <param name="start">The address that stands in it; 0 where there is none.</param>
    internal static PciBar? Read(PciDevice device, int index, out ulong start)
    {
        int offset = PciConfig.Bar0 + (4 * index);
        (uint low, uint lowMask) = device.ProbeConfig(offset);
        bool isWide = (low & (PciConfig.Bar64Bit | PciConfig.BarIo)) == PciConfig.Bar64Bit;
        (uint high, uint highMask) = isWide ? device.ProbeConfig(offset + 4) : (0, 0);
        ulong mask = (lowMask & PciConfig.BarMemoryMask) | ((ulong)highMask << 32);
        start = (low & PciConfig.BarMemoryMask) | ((ulong)high << 32);
        mask |= isWide || mask == 0 ? 0 : 0xffff_ffff_0000_0000;
        return mask == 0 || (low & PciConfig.BarIo) != 0 ? null : new PciBar(index, ~mask + 1, isWide, (low & PciConfig.BarPrefetchable) != 0);
    }

    /// <summary>Puts an address into it.</summary>
    internal void Write(PciDevice device, Hpa start)
    {
        device.WriteConfig(Offset, 4, Bits.Low32(start.Value));
        if (Is64Bit)
        {
            device.WriteConfig(Offset + 4, 4, Bits.High32(start.Value));
        }
    }
}

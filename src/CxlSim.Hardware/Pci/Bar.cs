using CxlSim.Core;
using CxlSim.Spec.Pci;

namespace CxlSim.Hardware;

/// <summary>A memory BAR: its place, its size, and the registers behind it.</summary>
/// <param name="Index">0 to 5.</param>
/// <param name="Size">A power of two.</param>
/// <param name="Is64Bit">Takes the next BAR register too.</param>
/// <param name="Prefetchable">As the BAR's bit 3 says.</param>
/// <param name="Block">Null for memory that nothing reads here.</param>
public sealed record Bar(int Index, ByteSize Size, bool Is64Bit, bool Prefetchable, IRegisterBlock? Block)
{
    public int Offset => PciConfig.Bar0 + (4 * Index);

    /// <summary>Writes the type bits and makes the address bits above the size writable: that is how software learns the size.</summary>
    public void Install(ConfigSpace config)
    {
        uint type = (Is64Bit ? PciConfig.Bar64Bit : 0) | (Prefetchable ? PciConfig.BarPrefetchable : 0);
        ulong writable = ~(Size.Bytes - 1);
        config.Set32(Offset, type, Bits.Low32(writable & PciConfig.BarMemoryMask));
        if (Is64Bit)
        {
            config.Set32(Offset + 4, 0, Bits.High32(writable));
        }
    }

    public Hpa AddressIn(ConfigSpace config)
    {
        ulong low = config.U32(Offset) & PciConfig.BarMemoryMask;
        return new Hpa(Is64Bit ? low | ((ulong)config.U32(Offset + 4) << 32) : low);
    }
}

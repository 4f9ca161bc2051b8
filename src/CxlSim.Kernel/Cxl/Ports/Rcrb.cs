using CxlSim.Core;
using CxlSim.Spec.Cxl;
using CxlSim.Spec.Pci;

namespace CxlSim.Kernel;

/// <summary>The root complex register block of a CXL 1.1 host: what leads to the component registers of both ends of its link (<c>__rcrb_to_component</c> in <c>drivers/cxl/core/regs.c</c>).</summary>
public static class Rcrb
{
    private const int MostCapabilities = 48;
    private static readonly ByteSize HalfSize = new(RcrbRegisters.UpstreamPort);

    /// <summary>Component registers of the downstream port, or of the upstream port of the device; null where the block names none.</summary>
    public static Hpa? FindComponents(KernelCore core, Device owner, Hpa rcrb, bool upstream)
    {
        if (!AddressRange.TryCreate(upstream ? rcrb + HalfSize : rcrb, HalfSize, out AddressRange half)
            || core.Iomem.RequestRegion(half, "CXL RCRB") is not { } resource)
        {
            return null;
        }

        uint id = Read(core, half.Start, PciConfig.VendorId);
        uint command = Read(core, half.Start, PciConfig.Command);
        uint low = Read(core, half.Start, PciConfig.Bar0);
        uint high = Read(core, half.Start, PciConfig.Bar0 + 4);
        ResourceTree.Release(resource);
        if (id == uint.MaxValue)
        {
            if (!upstream)
            {
                core.Log.Error(owner, "the downstream port's RCRB does not answer");
            }

            return null;
        }

        const uint refused = PciConfig.BarIo | PciConfig.BarBelow1MiB;
        ulong address = (low & PciConfig.BarMemoryMask) | ((low & PciConfig.Bar64Bit) != 0 ? (ulong)high << 32 : 0);
        bool isMapped = (command & PciConfig.CommandMemory) != 0 && (low & refused) == 0;
        return isMapped && address != 0 && address % ComponentRegisters.BlockSize == 0 ? new Hpa(address) : null;
    }

    /// <summary>The express capability of the device's upstream port, which configuration space does not show; null for none.</summary>
    public static Hpa? FindExpress(KernelCore core, Hpa rcrb)
    {
        if (!AddressRange.TryCreate(rcrb + HalfSize, HalfSize, out AddressRange half) || Read(core, half.Start, PciConfig.VendorId) == uint.MaxValue)
        {
            return null;
        }

        int offset = ReadByte(core, half.Start, PciConfig.CapabilityPointer);
        for (int i = 0; i < MostCapabilities && offset >= 0x40; i++)
        {
            if (ReadByte(core, half.Start, offset) == PciCapability.Express)
            {
                return half.Start + new ByteSize((ulong)offset);
            }

            offset = ReadByte(core, half.Start, offset + 1);
        }

        return null;
    }

    private static uint Read(KernelCore core, Hpa block, int offset) => (uint)core.HostBus.ReadRegister(block + new ByteSize((ulong)offset), 4);

    /// <summary>Registers answer in words.</summary>
    private static byte ReadByte(KernelCore core, Hpa block, int offset) => Bits.ByteAt(Read(core, block, offset & ~3), offset & 3);
}

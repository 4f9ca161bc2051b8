using System.Buffers.Binary;
using CxlSim.Spec.Cxl;
using CxlSim.Spec.Pci;

namespace CxlSim.Session;

/// <summary>Reads what an import needs out of the bytes of a configuration space (PCI Express Base 6.0 7.5), as many as there are: 64, 256 or 4096.</summary>
internal static class PciConfigReader
{
    private const int SmallestHeader = 64;
    private const int MostCapabilities = 64;

    /// <summary>The capability says in its flags whether there is a slot; without one its number means nothing.</summary>
    public static void Read(PciFacts? facts, ReadOnlySpan<byte> config)
    {
        if (facts is null || config.Length < SmallestHeader || BinaryPrimitives.ReadUInt16LittleEndian(config) == 0xffff)
        {
            return;
        }

        facts.VendorId ??= BinaryPrimitives.ReadUInt16LittleEndian(config);
        facts.DeviceId ??= BinaryPrimitives.ReadUInt16LittleEndian(config[PciConfig.DeviceId..]);
        facts.Class ??= BinaryPrimitives.ReadUInt16LittleEndian(config[PciConfig.Subclass..]);
        facts.ProgrammingInterface ??= config[PciConfig.ProgrammingInterface];
        if ((config[PciConfig.HeaderType] & ~PciConfig.HeaderTypeMultiFunction) == PciConfig.HeaderTypeBridge)
        {
            facts.Secondary ??= config[PciConfig.SecondaryBus];
        }

        Capabilities(facts, config);
        ExtendedCapabilities(facts, config);
    }

    private static void Capabilities(PciFacts facts, ReadOnlySpan<byte> config)
    {
        int at = config[PciConfig.CapabilityPointer] & 0xfc;
        for (int i = 0; i < MostCapabilities && at >= SmallestHeader && at + PciCapability.ExpressSlotCapabilities + 4 <= config.Length; i++)
        {
            if (config[at] == PciCapability.Express)
            {
                ushort flags = BinaryPrimitives.ReadUInt16LittleEndian(config[(at + PciCapability.ExpressFlags)..]);
                uint link = BinaryPrimitives.ReadUInt32LittleEndian(config[(at + PciCapability.ExpressLinkCapabilities)..]);
                uint slot = BinaryPrimitives.ReadUInt32LittleEndian(config[(at + PciCapability.ExpressSlotCapabilities)..]);
                facts.PortNumber ??= (byte)(link >> PciCapability.LinkPortNumberShift);
                if ((flags & PciCapability.FlagSlotImplemented) != 0)
                {
                    facts.AllowsHotplug ??= (slot & PciSlotBits.HotPlugCapable) != 0;
                    facts.Slot ??= (ushort)(slot >> PciSlotBits.NumberShift);
                }
            }

            at = config[at + 1] & 0xfc;
        }
    }

    private static void ExtendedCapabilities(PciFacts facts, ReadOnlySpan<byte> config)
    {
        int at = PciConfig.FirstExtendedCapability;
        for (int i = 0; i < MostCapabilities && at >= PciConfig.FirstExtendedCapability && at + 12 <= config.Length; i++)
        {
            uint head = BinaryPrimitives.ReadUInt32LittleEndian(config[at..]);
            switch ((ushort)(head & 0xffff))
            {
                case PciCapability.SerialNumber:
                    facts.Serial ??= BinaryPrimitives.ReadUInt64LittleEndian(config[(at + 4)..]);
                    break;
                case PciCapability.ErrorReporting when at + PciCapability.ErrorReportingLength <= config.Length:
                    facts.ReportsInternalErrors |= ((BinaryPrimitives.ReadUInt32LittleEndian(config[(at + PciCapability.ErrorUncorrectableMask)..]) >> PciCapability.UncorrectableInternalError)
                        | (BinaryPrimitives.ReadUInt32LittleEndian(config[(at + PciCapability.ErrorCorrectableMask)..]) >> PciCapability.CorrectableInternalError)) % 2 == 0;
                    break;
                case PciCapability.Dvsec when BinaryPrimitives.ReadUInt16LittleEndian(config[(at + Dvsec.Header1)..]) == Dvsec.VendorCxl:
                    facts.IsCxl = true;
                    if (BinaryPrimitives.ReadUInt16LittleEndian(config[(at + Dvsec.Header2)..]) == Dvsec.DeviceId && at + Dvsec.DeviceLength <= config.Length)
                    {
                        facts.RangeSize ??= RangeSize(config[at..]);
                    }

                    break;
            }

            at = (int)(head >> 20) & 0xffc;
        }
    }

    /// <summary>Sizes of both ranges; their low 28 bits hold flags.</summary>
    private static ulong RangeSize(ReadOnlySpan<byte> dvsec)
    {
        ulong sum = 0;
        for (int range = 0; range < 2; range++)
        {
            int at = range * Dvsec.DeviceRangeStride;
            ulong high = BinaryPrimitives.ReadUInt32LittleEndian(dvsec[(at + Dvsec.DeviceRange1SizeHigh)..]);
            uint low = BinaryPrimitives.ReadUInt32LittleEndian(dvsec[(at + Dvsec.DeviceRange1SizeLow)..]);
            sum = unchecked(sum + ((high << 32) | (low & 0xf000_0000)));
        }

        return sum;
    }
}

using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Spec.Cxl;
using CxlSim.Spec.Pci;

namespace CxlSim.Firmware;

/// <summary>Sets a CXL 1.1 host bridge up: component registers through the RCRB, and memory through the ranges of the device's DVSEC (CXL r3.1 8.1.3.8, 9.12).</summary>
public sealed class RestrictedProgrammer(IHostBus bus)
{
    /// <summary>Gives the component registers of both ends of the link their addresses.</summary>
    public void OpenRegisters(RestrictedHostDescription host)
    {
        Open(host.Rcrb + new ByteSize(RcrbRegisters.DownstreamPort), host.DownstreamComponents);
        Open(host.Rcrb + new ByteSize(RcrbRegisters.UpstreamPort), host.UpstreamComponents);
    }

    /// <summary>Puts the device's ranges one behind the other into a window and switches CXL.mem on.</summary>
    /// <param name="functions">The functions of the bridge's root bus.</param>
    /// <param name="window">Of this bridge alone.</param>
    /// <param name="locks">Locks the ranges.</param>
    /// <returns>What decodes now; null where the capacity does not fit, or the device has no DVSEC.</returns>
    public AddressRange? ProgramRanges(List<FoundFunction> functions, AddressRange window, bool locks)
    {
        if (functions.Find(function => function.ClassCode == PciClass.CxlMemory) is not { } device || FindDvsec(device.Address) is not { } dvsec)
        {
            return null;
        }

        ByteSize[] sizes = [.. Enumerable.Range(0, Dvsec.MostRanges).Select(range => SizeOf(device.Address, dvsec, range))];
        UInt128 total = (UInt128)sizes[0].Bytes + sizes[1].Bytes;
        if (total == 0 || total > window.Size.Bytes)
        {
            return null;
        }

        ulong start = window.Start.Value;
        for (int range = 0; range < sizes.Length; range++)
        {
            int at = dvsec + (range * Dvsec.DeviceRangeStride);
            bus.WriteConfig(device.Address, at + Dvsec.DeviceRange1BaseHigh, 4, Bits.High32(start));
            bus.WriteConfig(device.Address, at + Dvsec.DeviceRange1BaseLow, 4, Bits.Low32(start));
            start += sizes[range].Bytes;
        }

        uint control = bus.ReadConfig(device.Address, dvsec + Dvsec.DeviceControl, 2);
        bus.WriteConfig(device.Address, dvsec + Dvsec.DeviceControl, 2, control | Dvsec.ControlMemEnable);
        if (locks)
        {
            bus.WriteConfig(device.Address, dvsec + Dvsec.DeviceLock, 2, Dvsec.LockConfig);
        }

        return AddressRange.Of(window.Start, new ByteSize((ulong)total));
    }

    private void Open(Hpa half, Hpa components)
    {
        bus.WriteRegister(half + new ByteSize(PciConfig.Bar0), 4, Bits.Low32(components.Value));
        bus.WriteRegister(half + new ByteSize(PciConfig.Bar0 + 4), 4, Bits.High32(components.Value));
        bus.WriteRegister(half + new ByteSize(PciConfig.Command), 4, PciConfig.CommandMemory | PciConfig.CommandBusMaster);
    }

    private ByteSize SizeOf(Bdf device, int dvsec, int range)
    {
        int at = dvsec + (range * Dvsec.DeviceRangeStride);
        ulong high = bus.ReadConfig(device, at + Dvsec.DeviceRange1SizeHigh, 4);
        return new ByteSize((high << 32) | (bus.ReadConfig(device, at + Dvsec.DeviceRange1SizeLow, 4) & Dvsec.RangeLowMask));
    }

    private int? FindDvsec(Bdf device)
    {
        const int mostCapabilities = 480;
        int offset = PciConfig.FirstExtendedCapability;
        for (int steps = 0; offset != 0 && steps < mostCapabilities; steps++)
        {
            uint header = bus.ReadConfig(device, offset, 4);
            if ((header & 0xffff) == PciCapability.Dvsec
                && (bus.ReadConfig(device, offset + Dvsec.Header1, 4) & 0xffff) == Dvsec.VendorCxl
                && bus.ReadConfig(device, offset + Dvsec.Header2, 2) == Dvsec.DeviceId)
            {
                return offset;
            }

            offset = (int)(header >> 20);
        }

        return null;
    }
}

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
        if (functions.Find(function => function.ClassCode == PciClass.CxlMemory) is not { } device || DeviceDvsec.Find(bus, device.Address) is not { } dvsec)
        {
            return null;
        }

        ByteSize[] sizes = [.. Enumerable.Range(0, Dvsec.MostRanges).Select(dvsec.SizeOf)];
        UInt128 total = (UInt128)sizes[0].Bytes + sizes[1].Bytes;
        if (total == 0 || total > window.Size.Bytes)
        {
            return null;
        }

        ulong start = window.Start.Value;
        for (int range = 0; range < sizes.Length; range++)
        {
            dvsec.Place(range, start);
            start += sizes[range].Bytes;
        }

        dvsec.EnableMem();
        if (locks)
        {
            dvsec.Lock();
        }

        return AddressRange.Of(window.Start, new ByteSize((ulong)total));
    }

    private void Open(Hpa half, Hpa components)
    {
        bus.WriteRegister(half + new ByteSize(PciConfig.Bar0), 4, Bits.Low32(components.Value));
        bus.WriteRegister(half + new ByteSize(PciConfig.Bar0 + 4), 4, Bits.High32(components.Value));
        bus.WriteRegister(half + new ByteSize(PciConfig.Command), 4, PciConfig.CommandMemory | PciConfig.CommandBusMaster);
    }
}

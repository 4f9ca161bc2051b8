using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Spec.Cxl;
using CxlSim.Spec.Pci;

namespace CxlSim.Firmware;

/// <summary>Finds every function below a root bridge, numbers the buses and sizes the BARs, all through configuration space.</summary>
public sealed class PciEnumerator(IHostBus bus)
{
    private const int DevicesPerBus = 32;
    private const int FunctionsPerDevice = 8;
    private ushort _segment;
    private byte _lastBus;

    public List<FoundFunction> Scan(HostBridgeDescription bridge)
    {
        _segment = bridge.Segment;
        _lastBus = bridge.Bus;
        return ScanBus(bridge.Bus, bridge.LastBus);
    }

    private List<FoundFunction> ScanBus(byte busNumber, byte limit)
    {
        List<FoundFunction> found = [];
        for (byte device = 0; device < DevicesPerBus; device++)
        {
            if (bus.ReadConfig(new Bdf(_segment, busNumber, device, 0), PciConfig.VendorId, 2) == 0xffff)
            {
                continue; // no function 0, no device
            }

            uint header = bus.ReadConfig(new Bdf(_segment, busNumber, device, 0), PciConfig.HeaderType, 1);
            int functions = (header & PciConfig.HeaderTypeMultiFunction) != 0 ? FunctionsPerDevice : 1;
            for (byte function = 0; function < functions; function++)
            {
                Bdf address = new(_segment, busNumber, device, function);
                if (bus.ReadConfig(address, PciConfig.VendorId, 2) != 0xffff)
                {
                    found.Add(Examine(address, limit));
                }
            }
        }

        return found;
    }

    private FoundFunction Examine(Bdf address, byte limit)
    {
        uint classCode = bus.ReadConfig(address, PciConfig.Revision, 4) >> 8;
        bool isBridge = (bus.ReadConfig(address, PciConfig.HeaderType, 1) & 0x7f) == PciConfig.HeaderTypeBridge;
        FoundFunction function = new(address, classCode, isBridge) { PortNumber = ReadPortNumber(address) };
        SizeBars(function);
        function.ComponentBar = FindComponentBar(function);
        if (isBridge && _lastBus < limit)
        {
            byte secondary = ++_lastBus;
            bus.WriteConfig(address, PciConfig.PrimaryBus, 1, address.Bus);
            bus.WriteConfig(address, PciConfig.SecondaryBus, 1, secondary);
            bus.WriteConfig(address, PciConfig.SubordinateBus, 1, limit); // all that may come, until the last is known
            function.Children.AddRange(ScanBus(secondary, limit));
            bus.WriteConfig(address, PciConfig.SubordinateBus, 1, _lastBus);
        }

        return function;
    }

    private void SizeBars(FoundFunction function)
    {
        int bars = function.IsBridge ? PciConfig.BarsOfBridge : PciConfig.BarsOfEndpoint;
        for (int index = 0; index < bars; index++)
        {
            int offset = PciConfig.Bar0 + (4 * index);
            uint low = WriteOnes(function.Address, offset);
            if ((low & PciConfig.BarIo) != 0)
            {
                continue;
            }

            // From 4 GiB on the low register has no bit of the size.
            bool wide = (low & PciConfig.Bar64Bit) != 0;
            uint high = wide ? WriteOnes(function.Address, offset + 4) : (low & PciConfig.BarMemoryMask) != 0 ? uint.MaxValue : 0;
            ulong mask = (low & PciConfig.BarMemoryMask) | ((ulong)high << 32);
            if (mask != 0)
            {
                function.Bars.Add(new FoundBar(index, new ByteSize(~mask + 1), wide));
            }

            index += wide ? 1 : 0;
        }
    }

    /// <summary>Ones written to a BAR come back as zeros where the size is (PCI Express Base 6.0 7.5.1.2.1).</summary>
    private uint WriteOnes(Bdf address, int offset)
    {
        bus.WriteConfig(address, offset, 4, uint.MaxValue);
        uint answer = bus.ReadConfig(address, offset, 4);
        bus.WriteConfig(address, offset, 4, 0); // a BAR that finds no room must not claim the end of the address space
        return answer;
    }

    private byte ReadPortNumber(Bdf address)
    {
        int offset = (int)bus.ReadConfig(address, PciConfig.CapabilityPointer, 1);
        for (int steps = 0; offset != 0 && steps < 48; steps++)
        {
            if (bus.ReadConfig(address, offset, 1) == PciCapability.Express)
            {
                return (byte)(bus.ReadConfig(address, offset + PciCapability.ExpressLinkCapabilities, 4) >> PciCapability.LinkPortNumberShift);
            }

            offset = (int)bus.ReadConfig(address, offset + 1, 1);
        }

        return 0;
    }

    private FoundBar? FindComponentBar(FoundFunction function)
    {
        if (DvsecFinder.Find(bus, function.Address, Dvsec.RegisterLocatorId) is not { } locator)
        {
            return null;
        }

        int index = ComponentBarOf(function.Address, locator);
        return function.Bars.Find(bar => bar.Index == index);
    }

    private int ComponentBarOf(Bdf address, int locator)
    {
        int length = (int)(bus.ReadConfig(address, locator + Dvsec.Header1, 4) >> 20);
        for (int entry = Dvsec.LocatorFirstBlock; entry + Dvsec.LocatorBlockStride <= length; entry += Dvsec.LocatorBlockStride)
        {
            uint low = bus.ReadConfig(address, locator + entry, 4);
            if (((low >> 8) & 0xff) == Dvsec.BlockComponent)
            {
                return (int)(low & 7);
            }
        }

        return -1;
    }
}

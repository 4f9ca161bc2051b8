using CxlSim.Core;
using CxlSim.Spec.Cxl;

namespace CxlSim.Firmware;

/// <summary>The DVSEC for CXL devices of a function, through configuration space (CXL r3.1 8.1.3).</summary>
/// <param name="bus">The machine.</param>
/// <param name="device">The function.</param>
/// <param name="offset">Where it begins.</param>
internal sealed class DeviceDvsec(IHostBus bus, Bdf device, int offset)
{
    /// <returns>Null for a function without.</returns>
    public static DeviceDvsec? Find(IHostBus bus, Bdf device) => DvsecFinder.Find(bus, device, Dvsec.DeviceId) is { } offset ? new DeviceDvsec(bus, device, offset) : null;

    /// <summary>Capacity of a range.</summary>
    public ByteSize SizeOf(int range)
    {
        int at = RangeAt(range);
        ulong high = bus.ReadConfig(device, at + Dvsec.DeviceRange1SizeHigh, 4);
        return new ByteSize((high << 32) | (bus.ReadConfig(device, at + Dvsec.DeviceRange1SizeLow, 4) & Dvsec.RangeLowMask));
    }

    /// <summary>Where a range is to begin.</summary>
    public void Place(int range, ulong start)
    {
        int at = RangeAt(range);
        bus.WriteConfig(device, at + Dvsec.DeviceRange1BaseHigh, 4, Bits.High32(start));
        bus.WriteConfig(device, at + Dvsec.DeviceRange1BaseLow, 4, Bits.Low32(start));
    }

    /// <summary>Switches CXL.mem on.</summary>
    public void EnableMem()
    {
        uint control = bus.ReadConfig(device, offset + Dvsec.DeviceControl, 2);
        bus.WriteConfig(device, offset + Dvsec.DeviceControl, 2, control | Dvsec.ControlMemEnable);
    }

    /// <summary>Neither ranges nor control take a write any more.</summary>
    public void Lock() => bus.WriteConfig(device, offset + Dvsec.DeviceLock, 2, Dvsec.LockConfig);

    private int RangeAt(int range) => offset + (range * Dvsec.DeviceRangeStride);
}

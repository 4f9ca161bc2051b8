using CxlSim.Core;
using CxlSim.Spec.Cxl;

namespace CxlSim.Hardware;

/// <summary>Adds CXL's own capabilities to a function (CXL r3.1 8.1). What the specification leaves open is as QEMU's devices have it.</summary>
internal static class CxlDvsecs
{
    /// <summary>Data that the other side sent in training (8.2.1.3.4): all that a 68-byte link of CXL 2.0 tells.</summary>
    private const uint ReceivedTrainingData = 0xef;

    private const ushort IoAndMem = Dvsec.FlexBusIo | Dvsec.FlexBusMem;

    /// <summary>Capabilities, and the capacity as ranges: they start at zero until software says otherwise (8.1.3).</summary>
    /// <param name="config">Of the device.</param>
    /// <param name="capacities">Size of each range, one or two.</param>
    /// <param name="count">Ranges that the device says it has; QEMU's says one, whatever it has.</param>
    public static int AddDevice(ConfigSpace config, IReadOnlyList<ByteSize> capacities, int count)
    {
        const ushort writableControl = 0x4ffd;
        int dvsec = config.AddDvsec(Dvsec.DeviceId, Dvsec.DeviceRevision, Dvsec.DeviceLength);
        config.Set16(
            dvsec + Dvsec.DeviceCapability,
            (ushort)(Dvsec.CapabilityIo | Dvsec.CapabilityMem | Dvsec.CapabilityMemHardwareInit | (count << Dvsec.CapabilityHdmCountShift)));
        config.Set16(dvsec + Dvsec.DeviceControl, Dvsec.ControlIoEnable, writableControl);
        config.Set16(dvsec + Dvsec.DeviceControl2, 0, 0x0f);
        config.Set16(dvsec + Dvsec.DeviceStatus2, Dvsec.Status2ResetComplete);
        config.Set16(dvsec + Dvsec.DeviceLock, 0, Dvsec.LockConfig);
        const uint kind = (Dvsec.RangeAsCdatSays << Dvsec.RangeMediaTypeShift) | (Dvsec.RangeAsCdatSays << Dvsec.RangeClassShift);
        for (int range = 0; range < capacities.Count; range++)
        {
            int at = dvsec + (range * Dvsec.DeviceRangeStride);
            config.Set32(at + Dvsec.DeviceRange1SizeHigh, Bits.High32(capacities[range].Bytes));
            config.Set32(
                at + Dvsec.DeviceRange1SizeLow,
                (Bits.Low32(capacities[range].Bytes) & Dvsec.RangeLowMask) | kind | Dvsec.RangeMemoryActive | Dvsec.RangeMemoryInfoValid);
        }

        for (int range = 0; range < Dvsec.MostRanges; range++)
        {
            int at = dvsec + (range * Dvsec.DeviceRangeStride);
            config.Set32(at + Dvsec.DeviceRange1BaseHigh, 0, uint.MaxValue);
            config.Set32(at + Dvsec.DeviceRange1BaseLow, 0, Dvsec.RangeLowMask);
        }

        return dvsec;
    }

    /// <summary>No function of the device but this one: the map is empty (8.1.4).</summary>
    public static void AddFunctionMap(ConfigSpace config) => config.AddDvsec(Dvsec.FunctionMapId, 0, Dvsec.FunctionMapLength);

    /// <summary>How many logical devices share it (8.1.10).</summary>
    public static void AddMultiLogicalDevice(ConfigSpace config, ushort count)
    {
        int dvsec = config.AddDvsec(Dvsec.MultiLogicalDeviceId, 0, Dvsec.MultiLogicalDeviceLength);
        config.Set16(dvsec + Dvsec.LogicalDeviceCount, count);
    }

    /// <summary>Alternate bus numbers and address ranges of a port (8.1.5), which lead nowhere here. Gives its place.</summary>
    public static int AddPortExtensions(ConfigSpace config, ushort status)
    {
        int dvsec = config.AddDvsec(Dvsec.PortExtensionsId, 0, Dvsec.PortExtensionsLength);
        config.Set16(dvsec + Dvsec.PortStatus, status);
        config.Set16(dvsec + Dvsec.PortControl, 0, 0x400f);
        config.Set8(dvsec + Dvsec.PortAlternateBusBase, 0, byte.MaxValue);
        config.Set8(dvsec + Dvsec.PortAlternateBusLimit, 0, byte.MaxValue);
        foreach (int range in new[] { Dvsec.PortAlternateMemoryBase, Dvsec.PortAlternateMemoryLimit, Dvsec.PortAlternatePrefetchBase, Dvsec.PortAlternatePrefetchLimit })
        {
            config.Set16(dvsec + range, 0, 0xfff0);
        }

        config.Set32(dvsec + Dvsec.PortAlternatePrefetchBaseHigh, 0, uint.MaxValue);
        config.Set32(dvsec + Dvsec.PortAlternatePrefetchLimitHigh, 0, uint.MaxValue);
        return dvsec;
    }

    /// <summary>Time-outs of both phases of a persistent flush: one microsecond until software says otherwise (8.1.6).</summary>
    public static void AddPortGpf(ConfigSpace config)
    {
        int dvsec = config.AddDvsec(Dvsec.PortGpfId, 0, Dvsec.PortGpfLength);
        config.Set16(dvsec + Dvsec.PortGpfPhase1, 1, 0x0f0f);
        config.Set16(dvsec + Dvsec.PortGpfPhase2, 1, 0x0f0f);
    }

    /// <summary>Phase 2 takes three seconds and 51 mW (8.1.7).</summary>
    public static void AddDeviceGpf(ConfigSpace config)
    {
        int dvsec = config.AddDvsec(Dvsec.DeviceGpfId, 0, Dvsec.DeviceGpfLength);
        config.Set16(dvsec + Dvsec.DeviceGpfDuration, 0x0603, 0x0f0f);
        config.Set32(dvsec + Dvsec.DeviceGpfPower, 0x33, uint.MaxValue);
    }

    /// <summary>What the link can and does carry (8.2.1.3): a link of CXL 2.0 with CXL.io and CXL.mem.</summary>
    /// <param name="config">Of the port or device.</param>
    /// <param name="hasCache">The ports of a switch carry CXL.cache too.</param>
    /// <param name="control">What is asked for.</param>
    /// <param name="writable">Bits of control that software may change.</param>
    public static int AddFlexBus(ConfigSpace config, bool hasCache, ushort control, ushort writable)
    {
        const ushort carried = IoAndMem | Dvsec.FlexBus68ByteFlitAndVh;
        int dvsec = config.AddDvsec(Dvsec.FlexBusId, Dvsec.FlexBusRevision, Dvsec.FlexBusLength);
        config.Set16(dvsec + Dvsec.FlexBusCapability, (ushort)(carried | (hasCache ? Dvsec.FlexBusCache : 0)));
        config.Set16(dvsec + Dvsec.FlexBusControl, control, writable);
        config.Set16(dvsec + Dvsec.FlexBusStatus, carried);
        config.Set32(dvsec + Dvsec.FlexBusReceivedData, ReceivedTrainingData);
        return dvsec;
    }

    /// <summary>A link of CXL 1.1 knows no virtual hierarchies.</summary>
    public static void AddRestrictedFlexBus(ConfigSpace config)
    {
        int dvsec = config.AddDvsec(Dvsec.FlexBusId, Dvsec.FlexBusRevision, Dvsec.FlexBusLength);
        config.Set16(dvsec + Dvsec.FlexBusCapability, IoAndMem);
        config.Set16(dvsec + Dvsec.FlexBusControl, Dvsec.FlexBusIo);
        config.Set16(dvsec + Dvsec.FlexBusStatus, IoAndMem);
    }
}

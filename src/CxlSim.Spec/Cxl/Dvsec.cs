namespace CxlSim.Spec.Cxl;

/// <summary>CXL's designated vendor-specific extended capabilities (CXL r3.1 8.1): ids, lengths and the fields used.</summary>
public static class Dvsec
{
    public const ushort VendorCxl = 0x1e98;
    public const int HeaderSize = 10;
    public const int Header1 = 4;
    public const int Header2 = 8;

    public const ushort DeviceId = 0;
    public const ushort FunctionMapId = 2;
    public const ushort PortExtensionsId = 3;
    public const ushort PortGpfId = 4;
    public const ushort DeviceGpfId = 5;
    public const ushort FlexBusId = 7;
    public const ushort RegisterLocatorId = 8;
    public const ushort MultiLogicalDeviceId = 9;

    public const int DeviceLength = 0x3c;
    public const byte DeviceRevision = 3;
    public const int PortExtensionsLength = 0x28;
    public const int PortGpfLength = 0x10;
    public const int DeviceGpfLength = 0x10;
    public const int FlexBusLength = 0x20;
    public const byte FlexBusRevision = 2;

    /// <summary>A map of 256 functions, one bit each, behind the header.</summary>
    public const int FunctionMapLength = 0x2c;
    public const int MultiLogicalDeviceLength = 0x10;

    // DVSEC for devices, 8.1.3.
    public const int DeviceCapability = 0x0a;
    public const int DeviceControl = 0x0c;
    public const int DeviceStatus = 0x0e;
    public const int DeviceControl2 = 0x10;
    public const int DeviceStatus2 = 0x12;
    public const int DeviceLock = 0x14;
    public const int DeviceRange1SizeHigh = 0x18;
    public const int DeviceRange1SizeLow = 0x1c;
    public const int DeviceRange1BaseHigh = 0x20;
    public const int DeviceRange1BaseLow = 0x24;
    public const int DeviceRangeStride = 0x10;
    public const int MostRanges = 2;

    public const ushort CapabilityIo = 1 << 1;
    public const ushort CapabilityMem = 1 << 2;
    public const ushort CapabilityMemHardwareInit = 1 << 3;
    public const int CapabilityHdmCountShift = 4;
    public const ushort ControlIoEnable = 1 << 1;
    public const ushort ControlMemEnable = 1 << 2;
    public const ushort Status2ResetComplete = 1 << 1;
    public const ushort LockConfig = 1 << 0;
    public const uint RangeMemoryInfoValid = 1 << 0;
    public const uint RangeMemoryActive = 1 << 1;
    public const int RangeMediaTypeShift = 2;
    public const int RangeClassShift = 5;

    /// <summary>Media type or memory class that the CDAT tells.</summary>
    public const uint RangeAsCdatSays = 2;

    /// <summary>Sizes and bases count in 256 MiB.</summary>
    public const uint RangeLowMask = 0xf000_0000;

    // Non-CXL function map, 8.1.4.
    public const int FunctionMapFirst = 0x0c;

    // Extensions for ports, 8.1.5.
    public const int PortStatus = 0x0a;
    public const int PortControl = 0x0c;

    /// <summary>Port control: a secondary bus reset does something.</summary>
    public const ushort PortControlUnmaskBusReset = 1 << 0;
    public const int PortAlternateBusBase = 0x0e;
    public const int PortAlternateBusLimit = 0x0f;
    public const int PortAlternateMemoryBase = 0x10;
    public const int PortAlternateMemoryLimit = 0x12;
    public const int PortAlternatePrefetchBase = 0x14;
    public const int PortAlternatePrefetchLimit = 0x16;
    public const int PortAlternatePrefetchBaseHigh = 0x18;
    public const int PortAlternatePrefetchLimitHigh = 0x1c;

    // Global persistent flush of ports and of devices, 8.1.6, 8.1.7: times have their base in 3:0 and their scale in 11:8.
    public const int PortGpfPhase1 = 0x0c;
    public const int PortGpfPhase2 = 0x0e;
    public const int DeviceGpfDuration = 0x0a;
    public const int DeviceGpfPower = 0x0c;

    // Flex bus, 8.2.1.3: capability, control and status have the same bits.
    public const int FlexBusCapability = 0x0a;
    public const int FlexBusControl = 0x0c;
    public const int FlexBusStatus = 0x0e;
    public const int FlexBusReceivedData = 0x10;
    public const ushort FlexBusCache = 1 << 0;
    public const ushort FlexBusIo = 1 << 1;
    public const ushort FlexBusMem = 1 << 2;
    public const ushort FlexBus68ByteFlitAndVh = 1 << 5;

    // Multi-logical device, 8.1.10.
    public const int LogicalDeviceCount = 0x0a;

    // Register locator, 8.1.9: pairs of low and high words.
    public const int LocatorFirstBlock = 0x0c;
    public const int LocatorBlockStride = 8;
    public const byte BlockEmpty = 0;
    public const byte BlockComponent = 1;
    public const byte BlockBarVirtualization = 2;
    public const byte BlockDevice = 3;
    public const byte BlockPerformanceMonitor = 4;
}

namespace CxlSim.Spec.Cxl;

/// <summary>CXL's designated vendor-specific extended capabilities (CXL r3.1 8.1): ids, lengths and the fields used.</summary>
public static class Dvsec
{
    public const ushort VendorCxl = 0x1e98;
    public const int HeaderSize = 10;
    public const int Header1 = 4;
    public const int Header2 = 8;

    public const ushort DeviceId = 0;
    public const ushort PortExtensionsId = 3;
    public const ushort PortGpfId = 4;
    public const ushort DeviceGpfId = 5;
    public const ushort FlexBusId = 7;
    public const ushort RegisterLocatorId = 8;

    public const int DeviceLength = 0x3c;
    public const byte DeviceRevision = 3;
    public const int PortExtensionsLength = 0x28;
    public const int PortGpfLength = 0x10;
    public const int DeviceGpfLength = 0x10;
    public const int FlexBusLength = 0x20;
    public const byte FlexBusRevision = 2;

    // DVSEC for devices, 8.1.3.
    public const int DeviceCapability = 0x0a;
    public const int DeviceControl = 0x0c;
    public const int DeviceRange1SizeHigh = 0x18;
    public const int DeviceRange1SizeLow = 0x1c;
    public const int DeviceRange1BaseHigh = 0x20;
    public const int DeviceRange1BaseLow = 0x24;
    public const int DeviceRangeStride = 0x10;

    public const ushort CapabilityIo = 1 << 1;
    public const ushort CapabilityMem = 1 << 2;
    public const ushort CapabilityMemHardwareInit = 1 << 3;
    public const int CapabilityHdmCountShift = 4;
    public const ushort ControlMemEnable = 1 << 2;
    public const uint RangeMemoryInfoValid = 1 << 0;
    public const uint RangeMemoryActive = 1 << 1;

    // Flex bus, 8.2.1.3.
    public const int FlexBusCapability = 0x0a;
    public const int FlexBusControl = 0x0c;
    public const int FlexBusStatus = 0x0e;

    // Register locator, 8.1.9: pairs of low and high words.
    public const int LocatorFirstBlock = 0x0c;
    public const int LocatorBlockStride = 8;
    public const byte BlockEmpty = 0;
    public const byte BlockComponent = 1;
    public const byte BlockDevice = 3;
}

namespace CxlSim.Spec.Pci;

/// <summary>Offsets and bits of PCI configuration space (PCI Express Base 6.0 7.5).</summary>
public static class PciConfig
{
    public const int Size = 4096;

    public const int VendorId = 0x00;
    public const int DeviceId = 0x02;
    public const int Command = 0x04;
    public const int Status = 0x06;
    public const int Revision = 0x08;
    public const int ProgrammingInterface = 0x09;
    public const int Subclass = 0x0a;
    public const int BaseClass = 0x0b;
    public const int HeaderType = 0x0e;
    public const int Bar0 = 0x10;
    public const int SubsystemVendorId = 0x2c;
    public const int SubsystemId = 0x2e;
    public const int CapabilityPointer = 0x34;
    public const int InterruptLine = 0x3c;

    // Type 1 header, 7.5.1.3.
    public const int PrimaryBus = 0x18;
    public const int SecondaryBus = 0x19;
    public const int SubordinateBus = 0x1a;
    public const int MemoryBase = 0x20;
    public const int MemoryLimit = 0x22;
    public const int PrefetchBase = 0x24;
    public const int PrefetchLimit = 0x26;
    public const int PrefetchBaseUpper = 0x28;
    public const int PrefetchLimitUpper = 0x2c;

    public const int BridgeControl = 0x3e;
    public const ushort BridgeControlBusReset = 1 << 6;

    public const ushort CommandMemory = 1 << 1;
    public const ushort CommandBusMaster = 1 << 2;
    public const ushort StatusCapabilityList = 1 << 4;
    public const byte HeaderTypeBridge = 0x01;
    public const byte HeaderTypeMultiFunction = 0x80;

    public const uint BarIo = 1;
    /// <summary>Obsolete: the BAR wants an address below 1 MiB.</summary>
    public const uint BarBelow1MiB = 1 << 1;
    public const uint Bar64Bit = 1 << 2;
    public const uint BarPrefetchable = 1 << 3;
    public const uint BarMemoryMask = 0xffff_fff0;

    public const int BarsOfEndpoint = 6;
    public const int BarsOfBridge = 2;

    /// <summary>Bridge windows decode in steps of 1 MiB (7.5.1.3.8).</summary>
    public const ulong BridgeWindowUnit = 1 << 20;

    public const int FirstExtendedCapability = 0x100;
}

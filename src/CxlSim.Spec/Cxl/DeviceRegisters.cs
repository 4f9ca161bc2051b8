namespace CxlSim.Spec.Cxl;

/// <summary>The memory device register block: capability array, status, mailbox, memory device status (CXL r3.1 8.2.8).</summary>
public static class DeviceRegisters
{
    public const int CapabilityStride = 0x10;
    public const ushort ArrayId = 0;
    public const ushort StatusId = 0x0001;
    public const ushort PrimaryMailboxId = 0x0002;
    public const ushort SecondaryMailboxId = 0x0003;
    public const ushort MemoryDeviceId = 0x4000;
    public const ushort FirstVendorId = 0x8000;

    // Array header, 8.2.8.1: id in 15:0, version in 23:16, count in 47:32.
    public const int ArrayCountLow = 32;
    public const int ArrayCountHigh = 47;

    // Each header, 8.2.8.2.
    public const int HeaderOffset = 0x04;
    public const int HeaderLength = 0x08;

    /// <summary>Memory device status, 8.2.8.5.1.1.</summary>
    public const int DeviceFatal = 0;
    public const int FirmwareHalt = 1;
    public const int MediaStatusLow = 2;
    public const int MediaStatusHigh = 3;
    public const uint MediaReady = 1;
    public const uint MediaDisabled = 3;
    public const int MailboxInterfaceReady = 4;
}

namespace CxlSim.Platform;

/// <summary>What is wrong with a device, to see what software makes of it.</summary>
[Flags]
public enum DeviceFaults
{
    None = 0,

    /// <summary>No DVSEC for devices: nothing says that it has CXL.mem.</summary>
    NoDeviceDvsec = 1 << 0,

    NoRegisterLocator = 1 << 1,

    /// <summary>The locator does not list the device registers.</summary>
    NoDeviceRegisters = 1 << 2,

    /// <summary>The locator does not list the component registers.</summary>
    NoComponentRegisters = 1 << 3,

    /// <summary>The locator puts the device registers behind the end of their BAR.</summary>
    BlockBeyondBar = 1 << 4,

    /// <summary>The device registers have no mailbox.</summary>
    NoMailbox = 1 << 5,

    /// <summary>The DVSEC ranges never become valid.</summary>
    MediaNotValid = 1 << 6,

    /// <summary>The DVSEC ranges never become active.</summary>
    MediaNotActive = 1 << 7,

    /// <summary>The media status never says ready.</summary>
    MediaNotReady = 1 << 8,

    /// <summary>The mailbox interface never says ready.</summary>
    MailboxNotReady = 1 << 9,

    /// <summary>A doorbell that was rung stays set.</summary>
    MailboxStuck = 1 << 10,

    /// <summary>A payload of 128 bytes.</summary>
    MailboxTooSmall = 1 << 11,

    /// <summary>Get Supported Logs lists none.</summary>
    NoEffectsLog = 1 << 12,

    /// <summary>The bytes of the CDAT do not add up to zero.</summary>
    CdatChecksum = 1 << 13,

    /// <summary>The data object mailbox never answers.</summary>
    DoeStuck = 1 << 14,
}

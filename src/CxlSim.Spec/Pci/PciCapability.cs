namespace CxlSim.Spec.Pci;

/// <summary>Capability ids and the fields used of each (PCI Express Base 6.0 7.5, 7.7, 7.9).</summary>
public static class PciCapability
{
    // Ids of the first 256 bytes.
    public const byte Msi = 0x05;
    public const byte SubsystemIds = 0x0d;
    public const byte Express = 0x10;
    public const byte MsiX = 0x11;

    // Ids of the extended space.
    public const ushort ErrorReporting = 0x0001;
    public const ushort SerialNumber = 0x0003;
    public const ushort AccessControl = 0x000d;
    public const ushort Dvsec = 0x0023;
    public const ushort Doe = 0x002e;

    /// <summary>Of a bridge's subsystem, the device two bytes behind it.</summary>
    public const int SubsystemVendor = 0x04;

    // Express capability, 7.5.3: offsets from its start.
    public const int ExpressFlags = 0x02;
    public const int ExpressDeviceCapabilities = 0x04;
    public const int ExpressDeviceControl = 0x08;
    public const int ExpressLinkCapabilities = 0x0c;
    public const int ExpressLinkControl = 0x10;
    public const int ExpressSlotCapabilities = 0x14;
    public const int ExpressSlotControl = 0x18;
    public const int ExpressSlotStatus = 0x1a;

    public const ushort FlagSlotImplemented = 1 << 8;
    public const uint LinkActiveReporting = 1 << 20;
    public const ushort LinkActive = 1 << 13;

    /// <summary>Speed in bits 3:0 (5: 32 GT/s), width in bits 9:4.</summary>
    public const int ExpressLinkStatus = 0x12;
    public const int LinkStatusWidthShift = 4;
    public const int LinkStatusWidthMask = 0x3f;
    public const int LinkStatusSpeedMask = 0xf;
    public const int ExpressLinkStatus2 = 0x32;
    public const int LinkStatus2Flit = 1 << 10;

    /// <summary>Link capabilities bits 31:24: the port number that CXL uses as dport id.</summary>
    public const int LinkPortNumberShift = 24;

    public const byte ExpressTypeEndpoint = 0x0;
    public const byte ExpressTypeRootPort = 0x4;
    public const byte ExpressTypeUpstreamPort = 0x5;
    public const byte ExpressTypeDownstreamPort = 0x6;
    public const byte ExpressTypeIntegratedEndpoint = 0x9;

    /// <summary>Device control: correctable, non-fatal, fatal errors and unsupported requests are reported.</summary>
    public const ushort DeviceControlReportErrors = 0xf;
    public const uint DeviceCapabilityFunctionReset = 1 << 28;
    public const ushort DeviceControlFunctionReset = 1 << 15;
    public const ushort DeviceControlReportCorrectable = 1 << 0;
    public const ushort DeviceControlReportNonFatal = 1 << 1;
    public const ushort DeviceControlReportFatal = 1 << 2;
    public const ushort DeviceControlReportUnsupported = 1 << 3;

    /// <summary>Device status: that errors were found, one bit for each kind; a one written clears it.</summary>
    public const int ExpressDeviceStatus = 0x0a;
    public const ushort DeviceStatusCorrectable = 1 << 0;
    public const ushort DeviceStatusNonFatal = 1 << 1;
    public const ushort DeviceStatusFatal = 1 << 2;
    public const ushort DeviceStatusErrors = 0xf;

    // Advanced error reporting, 7.8.4: an endpoint's registers; a root port's go on behind them.
    public const byte ErrorReportingVersion = 2;
    public const int ErrorReportingLength = 0x48;
    public const int ErrorUncorrectableStatus = 0x04;
    public const int ErrorUncorrectableMask = 0x08;
    public const int ErrorUncorrectableSeverity = 0x0c;
    public const int ErrorCorrectableStatus = 0x10;
    public const int ErrorCorrectableMask = 0x14;
    public const int ErrorFeatures = 0x18;

    /// <summary>Bits 4:0 of the capability's own register: which uncorrectable error came first.</summary>
    public const uint ErrorFirstPointer = 0x1f;

    /// <summary>Four words of the packet at fault.</summary>
    public const int ErrorHeaderLog = 0x1c;
    public const int ErrorHeaderWords = 4;

    // Of root ports only.
    public const int ErrorRootCommand = 0x2c;
    public const int ErrorRootStatus = 0x30;

    /// <summary>Who sent the first correctable error (15:0), and the first uncorrectable one (31:16).</summary>
    public const int ErrorRootSource = 0x34;
    public const uint ErrorRootCommandBits = 0x7;
    public const uint ErrorRootCommandCorrectable = 1 << 0;
    public const uint ErrorRootCommandNonFatal = 1 << 1;
    public const uint ErrorRootCommandFatal = 1 << 2;
    public const uint ErrorRootStatusBits = 0x7f;
    public const uint ErrorRootStatusCorrectable = 1 << 0;
    public const uint ErrorRootStatusMultipleCorrectable = 1 << 1;
    public const uint ErrorRootStatusUncorrectable = 1 << 2;
    public const uint ErrorRootStatusMultipleUncorrectable = 1 << 3;
    public const uint ErrorRootStatusFirstFatal = 1 << 4;
    public const uint ErrorRootStatusNonFatal = 1 << 5;
    public const uint ErrorRootStatusFatal = 1 << 6;

    /// <summary>Errors that the function itself found, of which PCI Express does not say more; CXL's RAS registers do.</summary>
    public const int CorrectableInternalError = 14;
    public const int UncorrectableInternalError = 22;
    public const int AccessControlLength = 8;

    // MSI-X, 7.7.2.
    public const int MsiXControl = 0x02;
    public const int MsiXTable = 0x04;
    public const int MsiXPendingBits = 0x08;
    public const ushort MsiXEnable = 1 << 15;

    /// <summary>Vectors, less one.</summary>
    public const ushort MsiXSizeMask = 0x7ff;

    // Data object exchange, 7.9.24: offsets from its start.
    public const int DoeLength = 0x18;
    public const int DoeCapabilities = 0x04;
    public const int DoeControl = 0x08;
    public const int DoeStatus = 0x0c;
    public const int DoeWriteMailbox = 0x10;
    public const int DoeReadMailbox = 0x14;
    public const uint DoeControlAbort = 1 << 0;
    public const uint DoeControlGo = 1u << 31;
    public const uint DoeStatusBusy = 1 << 0;
    public const uint DoeStatusError = 1 << 2;
    public const uint DoeStatusReady = 1u << 31;

    /// <summary>PCI-SIG's own vendor id, for the discovery protocol.</summary>
    public const ushort DoeVendorPciSig = 0x0001;
    public const byte DoeTypeDiscovery = 0;
}

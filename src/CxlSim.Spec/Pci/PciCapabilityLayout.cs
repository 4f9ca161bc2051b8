namespace CxlSim.Spec.Pci;

/// <summary>The capabilities of PCI beside the PCI Express capability itself (PCI Express Base 6.0 7.7, 7.8, 7.9).</summary>
public static class PciCapabilityLayout
{
    private static readonly FieldLayout[] Uncorrectable =
    [
        new(4, "Data Link Protocol Error"), new(5, "Surprise Down Error"), new(12, "Poisoned TLP Received"), new(13, "Flow Control Protocol Error"), new(14, "Completion Timeout"),
        new(15, "Completer Abort"), new(16, "Unexpected Completion"), new(17, "Receiver Overflow"), new(18, "Malformed TLP"), new(19, "ECRC Error"), new(20, "Unsupported Request Error"),
        new(21, "ACS Violation"), new(22, "Uncorrectable Internal Error"), new(23, "MC Blocked TLP"), new(24, "AtomicOp Egress Blocked"), new(25, "TLP Prefix Blocked Error"),
    ];

    private static readonly FieldLayout[] Correctable =
    [
        new(0, "Receiver Error"), new(6, "Bad TLP"), new(7, "Bad DLLP"), new(8, "REPLAY_NUM Rollover"), new(12, "Replay Timer Timeout"), new(13, "Advisory Non-Fatal Error"), new(14, "Corrected Internal Error"), new(15, "Header Log Overflow"),
    ];

    private static readonly FieldLayout[] AccessControls =
    [
        new(0, "Source Validation"), new(1, "Translation Blocking"), new(2, "P2P Request Redirect"), new(3, "P2P Completion Redirect"), new(4, "Upstream Forwarding"), new(5, "P2P Egress Control"), new(6, "Direct Translated P2P"),
    ];

    /// <summary>A capability of the first 256 bytes; null for one that is not laid out here.</summary>
    public static BlockLayout? Of(byte id) => id switch
    {
        PciCapability.Msi => Msi,
        PciCapability.MsiX => MsiX,
        PciCapability.SubsystemIds => SubsystemIds,
        _ => null,
    };

    /// <summary>An extended capability; null for one that is not laid out here.</summary>
    public static BlockLayout? OfExtended(ushort id) => id switch
    {
        PciCapability.ErrorReporting => ErrorReporting,
        PciCapability.SerialNumber => SerialNumber,
        PciCapability.AccessControl => AccessControl,
        PciCapability.Doe => Doe,
        _ => null,
    };

    private static readonly BlockLayout Msi = new(
        "MSI Capability",
        new("MSI Message Control", 0x02, 2, new(0, "MSI Enable"), Vectors(3, 1, "Multiple Message Capable"), Vectors(6, 4, "Multiple Message Enable"), new(7, "64-bit Address Capable"), new(8, "Per-Vector Masking Capable")),
        new("MSI Address", 0x04, 4));

    private static readonly BlockLayout MsiX = new(
        "MSI-X Capability",
        new("MSI-X Message Control", PciCapability.MsiXControl, 2, new(10, 0, "Table Size") { Meaning = less => $"{less + 1} vectors" }, new(14, "Function Mask"), new(15, "MSI-X Enable")),
        new("MSI-X Table", PciCapability.MsiXTable, 4, new(2, 0, "BAR"), new(31, 3, "Offset 31:3")),
        new("MSI-X PBA", PciCapability.MsiXPendingBits, 4, new(2, 0, "BAR"), new(31, 3, "Offset 31:3")));

    private static readonly BlockLayout SubsystemIds = new("Subsystem Capability", new("Bridge Subsystem Vendor ID", 4, 2), new("Bridge Subsystem ID", 6, 2));

    private static readonly BlockLayout SerialNumber = new("Device Serial Number Capability", new("Serial Number Low", 4, 4), new("Serial Number High", 8, 4));

    private static readonly BlockLayout ErrorReporting = new(
        "Advanced Error Reporting Capability",
        new("Uncorrectable Error Status", PciCapability.ErrorUncorrectableStatus, 4, Uncorrectable),
        new("Uncorrectable Error Mask", PciCapability.ErrorUncorrectableMask, 4, Uncorrectable),
        new("Uncorrectable Error Severity", PciCapability.ErrorUncorrectableSeverity, 4, Uncorrectable),
        new("Correctable Error Status", PciCapability.ErrorCorrectableStatus, 4, Correctable),
        new("Correctable Error Mask", PciCapability.ErrorCorrectableMask, 4, Correctable),
        new(
            "AER Capabilities and Control", PciCapability.ErrorFeatures, 4,
            new(4, 0, "First Error Pointer"), new(5, "ECRC Generation Capable"), new(6, "ECRC Generation Enable"), new(7, "ECRC Check Capable"), new(8, "ECRC Check Enable"), new(9, "Multiple Header Recording Capable")),
        new("AER Header Log 1", 0x1c, 4),
        new("AER Header Log 2", 0x20, 4),
        new("AER Header Log 3", 0x24, 4),
        new("AER Header Log 4", 0x28, 4));

    private static readonly BlockLayout AccessControl = new("Access Control Services Capability", new("ACS Capability", 4, 2, AccessControls), new("ACS Control", 6, 2, AccessControls));

    private static readonly BlockLayout Doe = new(
        "Data Object Exchange Capability",
        new("DOE Capabilities", PciCapability.DoeCapabilities, 4, new(0, "Interrupt Support"), new(11, 1, "Interrupt Message Number")),
        new("DOE Control", PciCapability.DoeControl, 4, new(0, "Abort"), new(1, "Interrupt Enable"), new(31, "Go")),
        new("DOE Status", PciCapability.DoeStatus, 4, new(0, "Busy"), new(1, "Interrupt Status"), new(2, "Error"), new(31, "Data Object Ready")),
        new("DOE Write Data Mailbox", PciCapability.DoeWriteMailbox, 4),
        new("DOE Read Data Mailbox", PciCapability.DoeReadMailbox, 4));

    private static FieldLayout Vectors(int high, int low, string name) => new(high, low, name) { Meaning = code => code <= 5 ? $"{1 << (int)code} vectors" : null };
}

namespace CxlSim.Spec.Pci;

/// <summary>The PCI Express capability (PCI Express Base 6.0 7.5.3), as far as devices of this project have it.</summary>
public static class ExpressLayout
{
    private const int DeviceStatus = 0x0a;
    private const int RootControl = 0x1c;
    private const int RootCapabilities = 0x1e;
    private const int RootStatus = 0x20;
    private const int DeviceCapabilities2 = 0x24;
    private const int DeviceControl2 = 0x28;
    private const int LinkCapabilities2 = 0x2c;
    private const int LinkControl2 = 0x30;

    private static readonly string[] Speeds = ["", "2.5 GT/s", "5 GT/s", "8 GT/s", "16 GT/s", "32 GT/s", "64 GT/s"];

    /// <param name="hasSlot">Whether the port has a slot, whose registers are there then.</param>
    /// <param name="isRootPort">Whether the root's registers are there.</param>
    public static BlockLayout Of(bool hasSlot, bool isRootPort) => new(
        "PCI Express Capability", [.. Device(), .. Link(), .. hasSlot ? Slot() : [], .. isRootPort ? Root() : [], .. Second()]);

    private static IEnumerable<RegisterLayout> Device() =>
    [
        new(
            "PCI Express Capabilities", PciCapability.ExpressFlags, 2,
            new(3, 0, "Version"),
            FieldLayout.Named(7, 4, "Device/Port Type", "endpoint", "legacy endpoint", "", "", "root port", "upstream port", "downstream port", "PCIe to PCI bridge", "PCI to PCIe bridge", "integrated endpoint", "event collector"),
            new(8, "Slot Implemented"), new(13, 9, "Interrupt Message Number")),
        new(
            "Device Capabilities", PciCapability.ExpressDeviceCapabilities, 4,
            Payload(2, 0, "Max Payload Size Supported"), new(4, 3, "Phantom Functions"), new(5, "Extended Tag"), new(8, 6, "L0s Acceptable Latency"), new(11, 9, "L1 Acceptable Latency"),
            new(15, "Role-Based Error Reporting"), new(25, 18, "Slot Power Limit Value"), new(27, 26, "Slot Power Limit Scale"), new(28, "Function Level Reset")),
        new(
            "Device Control", PciCapability.ExpressDeviceControl, 2,
            new(0, "Correctable Error Reporting"), new(1, "Non-Fatal Error Reporting"), new(2, "Fatal Error Reporting"), new(3, "Unsupported Request Reporting"), new(4, "Relaxed Ordering"),
            Payload(7, 5, "Max Payload Size"), new(8, "Extended Tag Enable"), new(9, "Phantom Functions Enable"), new(10, "Aux Power PM Enable"), new(11, "No Snoop"),
            Payload(14, 12, "Max Read Request Size"), new(15, "Function Level Reset")),
        new(
            "Device Status", DeviceStatus, 2,
            new(0, "Correctable Error Detected"), new(1, "Non-Fatal Error Detected"), new(2, "Fatal Error Detected"), new(3, "Unsupported Request Detected"), new(4, "Aux Power Detected"), new(5, "Transactions Pending")),
    ];

    private static IEnumerable<RegisterLayout> Link() =>
    [
        new(
            "Link Capabilities", PciCapability.ExpressLinkCapabilities, 4,
            FieldLayout.Named(3, 0, "Max Link Speed", Speeds), Width("Maximum Link Width"), FieldLayout.Named(11, 10, "ASPM Support", "none", "L0s", "L1", "L0s and L1"), new(14, 12, "L0s Exit Latency"), new(17, 15, "L1 Exit Latency"),
            new(18, "Clock Power Management"), new(19, "Surprise Down Error Reporting"), new(20, "Link Active Reporting"), new(21, "Link Bandwidth Notification"), new(31, 24, "Port Number")),
        new(
            "Link Control", PciCapability.ExpressLinkControl, 2,
            FieldLayout.Named(1, 0, "ASPM Control", "disabled", "L0s", "L1", "L0s and L1"), new(3, "Read Completion Boundary"), new(4, "Link Disable"), new(5, "Retrain Link"), new(6, "Common Clock"), new(7, "Extended Synch")),
        new(
            "Link Status", PciCapability.ExpressLinkStatus, 2,
            FieldLayout.Named(3, 0, "Current Link Speed", Speeds), Width("Negotiated Link Width"), new(11, "Link Training"), new(12, "Slot Clock"), new(13, "Link Active"), new(14, "Bandwidth Management Status"), new(15, "Autonomous Bandwidth Status")),
    ];

    private static IEnumerable<RegisterLayout> Slot() =>
    [
        new(
            "Slot Capabilities", PciCapability.ExpressSlotCapabilities, 4,
            new(0, "Attention Button Present"), new(1, "Power Controller Present"), new(2, "MRL Sensor Present"), new(3, "Attention Indicator Present"), new(4, "Power Indicator Present"), new(5, "Hot-Plug Surprise"), new(6, "Hot-Plug Capable"),
            new(14, 7, "Slot Power Limit Value"), new(16, 15, "Slot Power Limit Scale"), new(17, "Interlock Present"), new(18, "No Command Completed"), new(31, PciSlotBits.NumberShift, "Physical Slot Number")),
        new(
            "Slot Control", PciCapability.ExpressSlotControl, 2,
            new(0, "Attention Button Pressed Enable"), new(1, "Power Fault Enable"), new(2, "MRL Sensor Changed Enable"), new(3, "Presence Detect Changed Enable"), new(4, "Command Completed Interrupt"), new(5, "Hot-Plug Interrupt"),
            FieldLayout.Named(7, 6, "Attention Indicator", "", "on", "blink", "off"), FieldLayout.Named(9, 8, "Power Indicator", "", "on", "blink", "off"), FieldLayout.Named(10, 10, "Power Controller", "power on", "power off"), new(11, "Interlock Control"), new(12, "Link State Changed Enable")),
        new(
            "Slot Status", PciCapability.ExpressSlotStatus, 2,
            new(0, "Attention Button Pressed"), new(1, "Power Fault Detected"), new(2, "MRL Sensor Changed"), new(3, "Presence Detect Changed"), new(4, "Command Completed"), new(5, "MRL Sensor State"), new(6, "Presence Detect State"), new(7, "Interlock Status"), new(8, "Link State Changed")),
    ];

    private static IEnumerable<RegisterLayout> Root() =>
    [
        new("Root Control", RootControl, 2, new(0, "System Error on Correctable"), new(1, "System Error on Non-Fatal"), new(2, "System Error on Fatal"), new(3, "PME Interrupt"), new(4, "CRS Software Visibility")),
        new("Root Capabilities", RootCapabilities, 2, new FieldLayout(0, "CRS Software Visibility")),
        new("Root Status", RootStatus, 4, new(15, 0, "PME Requester ID"), new(16, "PME Status"), new(17, "PME Pending")),
    ];

    private static IEnumerable<RegisterLayout> Second() =>
    [
        new("Device Capabilities 2", DeviceCapabilities2, 4, new(3, 0, "Completion Timeout Ranges"), new(5, "ARI Forwarding"), new(6, "AtomicOp Routing"), new(11, "LTR Mechanism")),
        new("Device Control 2", DeviceControl2, 2, new(3, 0, "Completion Timeout"), new(5, "ARI Forwarding Enable"), new(6, "AtomicOp Requester Enable"), new(10, "LTR Enable")),
        new("Link Capabilities 2", LinkCapabilities2, 4),
        new("Link Control 2", LinkControl2, 2),
        new("Link Status 2", PciCapability.ExpressLinkStatus2, 2, new FieldLayout(10, "Flit Mode")),
    ];

    private static FieldLayout Width(string name) => new(9, 4, name) { Meaning = lanes => $"x{lanes}" };

    /// <summary>128 bytes shifted by the value; six values stand for something.</summary>
    private static FieldLayout Payload(int high, int low, string name) => new(high, low, name) { Meaning = code => code <= 5 ? $"{128 << (int)code} bytes" : null };
}

namespace CxlSim.Spec.Pci;

/// <summary>The header of PCI configuration space, of an endpoint and of a bridge (PCI Express Base 6.0 7.5.1).</summary>
public static class PciHeaderLayout
{
    private const int CacheLineSize = 0x0c;
    private const int LatencyTimer = 0x0d;
    private const int BuiltInSelfTest = 0x0f;
    private const int SecondaryLatencyTimer = 0x1b;
    private const int IoBase = 0x1c;
    private const int IoLimit = 0x1d;
    private const int SecondaryStatus = 0x1e;
    private const int IoBaseUpper = 0x30;
    private const int IoLimitUpper = 0x32;
    private const int EndpointRom = 0x30;
    private const int BridgeRom = 0x38;
    private const int InterruptPin = 0x3d;

    private static readonly FieldLayout[] ErrorBits =
    [
        new(8, "Master Data Parity Error"), FieldLayout.Named(10, 9, "DEVSEL Timing", "fast", "medium", "slow"), new(11, "Signaled Target Abort"),
        new(12, "Received Target Abort"), new(13, "Received Master Abort"), new(14, "System Error"), new(15, "Detected Parity Error"),
    ];

    public static BlockLayout Endpoint { get; } = new("PCI Header", [.. Common(), .. Bars(PciConfig.BarsOfEndpoint), .. EndpointOnly()]);

    public static BlockLayout Bridge { get; } = new("PCI Header", [.. Common(), .. Bars(PciConfig.BarsOfBridge), .. BridgeOnly()]);

    private static IEnumerable<RegisterLayout> Common() =>
    [
        new("Vendor ID", PciConfig.VendorId, 2),
        new("Device ID", PciConfig.DeviceId, 2),
        new(
            "Command", PciConfig.Command, 2,
            new(0, "I/O Space"), new(1, "Memory Space"), new(2, "Bus Master"), new(3, "Special Cycles"), new(4, "Memory Write and Invalidate"), new(5, "VGA Palette Snoop"),
            new(6, "Parity Error Response"), new(8, "SERR# Enable"), new(9, "Fast Back-to-Back"), new(10, "Interrupt Disable")),
        new("Status", PciConfig.Status, 2, [new(3, "Interrupt Status"), new(4, "Capabilities List"), new(5, "66 MHz Capable"), new(7, "Fast Back-to-Back Capable"), .. ErrorBits]),
        new("Revision ID", PciConfig.Revision, 1),
        new("Programming Interface", PciConfig.ProgrammingInterface, 1),
        new("Subclass", PciConfig.Subclass, 1),
        new("Base Class", PciConfig.BaseClass, 1),
        new("Cache Line Size", CacheLineSize, 1),
        new("Latency Timer", LatencyTimer, 1),
        new("Header Type", PciConfig.HeaderType, 1, FieldLayout.Named(6, 0, "Layout", "endpoint", "bridge"), new(7, "Multi-Function Device")),
        new("BIST", BuiltInSelfTest, 1),
        new("Capabilities Pointer", PciConfig.CapabilityPointer, 1),
        new("Interrupt Line", PciConfig.InterruptLine, 1),
        new("Interrupt Pin", InterruptPin, 1),
    ];

    private static IEnumerable<RegisterLayout> Bars(int count) => Enumerable.Range(0, count).Select(index => new RegisterLayout(
        $"BAR {index}", PciConfig.Bar0 + (4 * index), 4,
        FieldLayout.Named(0, 0, "Space", "memory", "I/O"), FieldLayout.Named(2, 1, "Type", "32-bit", "below 1 MiB", "64-bit"), new(3, "Prefetchable"), new(31, 4, "Address 31:4")));

    private static IEnumerable<RegisterLayout> EndpointOnly() =>
    [
        new("Subsystem Vendor ID", PciConfig.SubsystemVendorId, 2),
        new("Subsystem ID", PciConfig.SubsystemId, 2),
        new("Expansion ROM Base", EndpointRom, 4, new(0, "Enable"), new(31, 11, "Address 31:11")),
    ];

    private static IEnumerable<RegisterLayout> BridgeOnly() =>
    [
        new("Primary Bus", PciConfig.PrimaryBus, 1),
        new("Secondary Bus", PciConfig.SecondaryBus, 1),
        new("Subordinate Bus", PciConfig.SubordinateBus, 1),
        new("Secondary Latency Timer", SecondaryLatencyTimer, 1),
        new("I/O Base", IoBase, 1),
        new("I/O Limit", IoLimit, 1),
        new("Secondary Status", SecondaryStatus, 2, ErrorBits),
        new("Memory Base", PciConfig.MemoryBase, 2, new FieldLayout(15, 4, "Address 31:20")),
        new("Memory Limit", PciConfig.MemoryLimit, 2, new FieldLayout(15, 4, "Address 31:20")),
        new("Prefetchable Memory Base", PciConfig.PrefetchBase, 2, FieldLayout.Named(3, 0, "Type", "32-bit", "64-bit"), new(15, 4, "Address 31:20")),
        new("Prefetchable Memory Limit", PciConfig.PrefetchLimit, 2, FieldLayout.Named(3, 0, "Type", "32-bit", "64-bit"), new(15, 4, "Address 31:20")),
        new("Prefetchable Base Upper", PciConfig.PrefetchBaseUpper, 4),
        new("Prefetchable Limit Upper", PciConfig.PrefetchLimitUpper, 4),
        new("I/O Base Upper", IoBaseUpper, 2),
        new("I/O Limit Upper", IoLimitUpper, 2),
        new("Expansion ROM Base", BridgeRom, 4, new(0, "Enable"), new(31, 11, "Address 31:11")),
        new(
            "Bridge Control", PciConfig.BridgeControl, 2,
            new(0, "Parity Error Response"), new(1, "SERR# Enable"), new(2, "ISA Enable"), new(3, "VGA Enable"), new(5, "Master Abort Mode"), new(6, "Secondary Bus Reset")),
    ];
}

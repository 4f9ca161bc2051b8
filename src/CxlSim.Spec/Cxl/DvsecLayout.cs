namespace CxlSim.Spec.Cxl;

/// <summary>The registers of CXL's designated vendor-specific capabilities, behind the headers that all have (CXL r3.1 8.1, 8.2.1.3).</summary>
public static class DvsecLayout
{
    private const int DeviceCapability2 = 0x16;
    private const int DeviceCapability3 = 0x38;
    private const int PortRcrbBase = 0x20;
    private const int PortRcrbBaseHigh = 0x24;
    private const int FlexBusCapability2 = 0x14;
    private const int FlexBusControl2 = 0x18;
    private const int FlexBusStatus2 = 0x1c;

    private static readonly string[] Scales = ["1 us", "10 us", "100 us", "1 ms", "10 ms", "100 ms", "1 s", "10 s"];

    private static readonly FieldLayout[] FlexBusFlits = [new(13, "Latency-Optimized 256B Flit"), new(14, "PBR Flit")];

    private static readonly FieldLayout[] FlexBusProtocols = [new(0, "Cache"), new(1, "IO"), new(2, "Mem")];

    /// <summary>What the capability has of an id; of one that is not laid out here, the headers alone.</summary>
    /// <param name="id">See <see cref="Dvsec"/>.</param>
    /// <param name="length">In bytes, as its header says.</param>
    public static BlockLayout Of(ushort id, int length)
    {
        (string name, IEnumerable<RegisterLayout> registers) = id switch
        {
            Dvsec.DeviceId => ("DVSEC for CXL Devices", Device()),
            Dvsec.FunctionMapId => ("DVSEC Non-CXL Function Map", Enumerable.Range(0, 8).Select(word => new RegisterLayout($"Non-CXL Function Map {word}", Dvsec.FunctionMapFirst + (4 * word), 4))),
            Dvsec.PortExtensionsId => ("DVSEC CXL Extensions for Ports", PortExtensions()),
            Dvsec.PortGpfId => ("DVSEC GPF for CXL Ports", [Gpf("GPF Phase 1 Control", Dvsec.PortGpfPhase1), Gpf("GPF Phase 2 Control", Dvsec.PortGpfPhase2)]),
            Dvsec.DeviceGpfId => ("DVSEC GPF for CXL Devices", [Gpf("GPF Phase 2 Duration", Dvsec.DeviceGpfDuration), new("GPF Phase 2 Power", Dvsec.DeviceGpfPower, 4)]),
            Dvsec.FlexBusId => ("DVSEC for Flex Bus Port", FlexBus()),
            Dvsec.RegisterLocatorId => ("DVSEC Register Locator", Locator()),
            Dvsec.MultiLogicalDeviceId => ("DVSEC MLD", [new("Number of LDs Supported", Dvsec.LogicalDeviceCount, 2)]),
            _ => ($"DVSEC {id}", (IEnumerable<RegisterLayout>)[]),
        };
        return new BlockLayout(name, [.. registers.Where(register => register.Offset + register.Width <= length)]);
    }

    private static IEnumerable<RegisterLayout> Device() =>
    [
        new(
            "CXL Capability", Dvsec.DeviceCapability, 2,
            new(0, "Cache Capable"), new(1, "IO Capable"), new(2, "Mem Capable"), new(3, "Mem HwInit Mode"), new(5, 4, "HDM Count"), new(6, "Cache Writeback and Invalidate Capable"), new(7, "CXL Reset Capable"),
            new(10, 8, "CXL Reset Timeout"), new(11, "CXL Reset Mem Clr Capable"), new(12, "TSP Capable"), new(13, "Multiple Logical Device"), new(14, "Viral Capable"), new(15, "PM Init Completion Reporting Capable")),
        new(
            "CXL Control", Dvsec.DeviceControl, 2,
            new(0, "Cache Enable"), new(1, "IO Enable"), new(2, "Mem Enable"), new(7, 3, "Cache SF Coverage"), new(10, 8, "Cache SF Granularity"), new(11, "Cache Clean Eviction"), new(12, "Direct P2P Mem Enable"), new(14, "Viral Enable")),
        new("CXL Status", Dvsec.DeviceStatus, 2, new FieldLayout(14, "Viral Status")),
        new(
            "CXL Control2", Dvsec.DeviceControl2, 2,
            new(0, "Disable Caching"), new(1, "Initiate Cache Write Back and Invalidation"), new(2, "Initiate CXL Reset"), new(3, "CXL Reset Mem Clr Enable"), new(4, "Desired Volatile HDM State after Hot Reset"), new(5, "Modified Completion Enable")),
        new("CXL Status2", Dvsec.DeviceStatus2, 2, new(0, "Cache Invalid"), new(1, "CXL Reset Complete"), new(2, "CXL Reset Error"), new(3, "Volatile HDM Preservation Error"), new(15, "Power Management Initialization Complete")),
        new("CXL Lock", Dvsec.DeviceLock, 2, new FieldLayout(0, "CONFIG_LOCK")),
        new("CXL Capability2", DeviceCapability2, 2),
        .. Enumerable.Range(0, Dvsec.MostRanges).SelectMany(Range),
        new("CXL Capability3", DeviceCapability3, 2),
    ];

    private static IEnumerable<RegisterLayout> Range(int range)
    {
        int at = range * Dvsec.DeviceRangeStride;
        return
        [
            new($"CXL Range {range + 1} Size High", Dvsec.DeviceRange1SizeHigh + at, 4),
            new(
                $"CXL Range {range + 1} Size Low", Dvsec.DeviceRange1SizeLow + at, 4,
                new(0, "Memory Info Valid"), new(1, "Memory Active"), FieldLayout.Named(4, 2, "Media Type", "volatile", "non-volatile", "as CDAT says"), FieldLayout.Named(7, 5, "Memory Class", "DRAM", "storage", "as CDAT says"),
                new(12, 8, "Desired Interleave"), new(15, 13, "Memory Active Timeout") { Meaning = code => code <= 4 ? $"{1 << (2 * (int)code)} s" : null }, new(31, 28, "Memory Size 31:28")),
            new($"CXL Range {range + 1} Base High", Dvsec.DeviceRange1BaseHigh + at, 4),
            new($"CXL Range {range + 1} Base Low", Dvsec.DeviceRange1BaseLow + at, 4, new FieldLayout(31, 28, "Memory Base 31:28")),
        ];
    }

    private static IEnumerable<RegisterLayout> PortExtensions() =>
    [
        new("CXL Port Extension Status", Dvsec.PortStatus, 2, new FieldLayout(0, "Port Power Management Initialization Complete")),
        new("Port Control Extensions", Dvsec.PortControl, 2, new(0, "Unmask SBR"), new(1, "Unmask Link Disable"), new(2, "Alt Memory and ID Space Enable"), new(3, "Alt BME"), new(14, "Viral Enable")),
        new("Alternate Bus Base", Dvsec.PortAlternateBusBase, 1),
        new("Alternate Bus Limit", Dvsec.PortAlternateBusLimit, 1),
        new("Alternate Memory Base", Dvsec.PortAlternateMemoryBase, 2),
        new("Alternate Memory Limit", Dvsec.PortAlternateMemoryLimit, 2),
        new("Alternate Prefetchable Memory Base", Dvsec.PortAlternatePrefetchBase, 2),
        new("Alternate Prefetchable Memory Limit", Dvsec.PortAlternatePrefetchLimit, 2),
        new("Alternate Prefetchable Base High", Dvsec.PortAlternatePrefetchBaseHigh, 4),
        new("Alternate Prefetchable Limit High", Dvsec.PortAlternatePrefetchLimitHigh, 4),
        new("CXL RCRB Base", PortRcrbBase, 4),
        new("CXL RCRB Base High", PortRcrbBaseHigh, 4),
    ];

    private static IEnumerable<RegisterLayout> FlexBus() =>
    [
        new("Flex Bus Port Capability", Dvsec.FlexBusCapability, 2, [.. FlexBusProtocols, new(5, "68B Flit and VH"), new(6, "Multi-Logical Device"), .. FlexBusFlits]),
        new(
            "Flex Bus Port Control", Dvsec.FlexBusControl, 2,
            [
                .. FlexBusProtocols, new(3, "Sync Hdr Bypass"), new(4, "Drift Buffer"), new(5, "68B Flit and VH"), new(6, "Multi-Logical Device"), new(7, "Disable RCD Training"), new(8, "Retimer 1 Present"), new(9, "Retimer 2 Present"),
                .. FlexBusFlits,
            ]),
        new("Flex Bus Port Status", Dvsec.FlexBusStatus, 2, [.. FlexBusProtocols, new(3, "Sync Hdr Bypass"), new(4, "Drift Buffer"), new(5, "68B Flit and VH"), new(6, "Multi-Logical Device"), .. FlexBusFlits]),
        new("Flex Bus Port Received Modified TS Data", Dvsec.FlexBusReceivedData, 4, new FieldLayout(23, 0, "Received Flex Bus Data Phase 1")),
        new("Flex Bus Port Capability2", FlexBusCapability2, 4, new FieldLayout(0, "NOP Hint")),
        new("Flex Bus Port Control2", FlexBusControl2, 4, new FieldLayout(0, "NOP Hint")),
        new("Flex Bus Port Status2", FlexBusStatus2, 4),
    ];

    private static IEnumerable<RegisterLayout> Locator() => Enumerable.Range(1, 3).SelectMany(block =>
    {
        int at = Dvsec.LocatorFirstBlock + ((block - 1) * Dvsec.LocatorBlockStride);
        return new RegisterLayout[]
        {
            new(
                $"Register Block {block} Offset Low", at, 4,
                new(2, 0, "Register BIR"), FieldLayout.Named(15, 8, "Register Block Identifier", "empty", "component registers", "BAR virtualization ACL", "device registers", "performance monitor"), new(31, 16, "Offset 31:16")),
            new($"Register Block {block} Offset High", at + 4, 4),
        };
    });

    private static RegisterLayout Gpf(string name, int offset) => new(name, offset, 2, new(3, 0, "Time Base"), FieldLayout.Named(11, 8, "Time Scale", Scales));
}

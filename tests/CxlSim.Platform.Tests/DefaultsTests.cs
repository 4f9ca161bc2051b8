using CxlSim.Core;
using CxlSim.Spec.Efi;

namespace CxlSim.Platform.Tests;

/// <summary>What is filled in where the file says nothing.</summary>
public class DefaultsTests
{
    /// <summary>A stated EFI map has to keep memory for the ACPI tables.</summary>
    private const string TableRoom = "{range: 0x100000-0x1fffff, type: acpi_reclaim}";

    [Fact]
    public void EmptyMapping_IsAMachineWithoutCxl()
    {
        PlatformDescription platform = Given.Platform("{}");
        platform.Name.Should().Be("p");
        platform.Kernel.Version.Should().Be(new Version(6, 12));
        platform.Kernel.CommandLine.Should().BeEmpty();
        platform.Kernel.Config.Should().BeEmpty();
        platform.Kernel.Modules.Should().Equal("cxl_acpi", "cxl_pci", "cxl_mem", "cxl_port", "cxl_pmem", "dax_cxl", "device_dax", "kmem", "dax_hmem");
        platform.Kernel.Image.Should().BeNull();
        platform.Firmware.Should().BeEquivalentTo(new
        {
            Decoders = FirmwareDecoders.Os, OemId = "CXLSIM", OemTableId = "CXLSIM01", OemRevision = 1, CreatorId = "SIMC", CreatorRevision = 1,
        });
        platform.Firmware.Tables.Should().BeEmpty();
        platform.Timing.Should().Be(new TimingDescription());
        platform.HostBridges.Should().BeEmpty();
        platform.Windows.Should().BeEmpty();
        platform.Steps.Should().BeEmpty();
    }

    [Theory]
    [InlineData("dram: 1GiB", "0:0x0-0x3fffffff")]
    [InlineData("cpus: 2", "0:0x0-0x7fffffff 0:0x100000000-0x17fffffff")]
    [InlineData("nodes: [{pxm: 0, size: 1GiB}, {pxm: 1, size: 2GiB}, {pxm: 2, size: 1GiB}]",
        "0:0x0-0x3fffffff 1:0x40000000-0x7fffffff 1:0x100000000-0x13fffffff 2:0x140000000-0x17fffffff")]
    [InlineData("nodes: [{pxm: 3, ranges: [0x0-0x3fffffff, 0x200000000-0x23fffffff]}]", "3:0x0-0x3fffffff 3:0x200000000-0x23fffffff")]
    public void Dram_FillsLowMemoryFirst(string keys, string expected) =>
        string.Join(' ', Memory(keys).Nodes.SelectMany(n => n.Ranges, (n, r) => $"{n.ProximityDomain}:{r}")).Should().Be(expected);

    [Fact]
    public void EfiMap_IsMadeFromDram() =>
        Memory("dram: 4GiB").Efi.Select(e => $"{e.Range} {e.Type}").Should().Equal(
            "0x0-0x9ffff Conventional",
            "0x100000-0x7fefffff Conventional",
            "0x7ff00000-0x7ff7ffff AcpiReclaim",
            "0x7ff80000-0x7fffffff AcpiNvs",
            "0xe0000000-0xefffffff Reserved",
            "0x100000000-0x17fffffff Conventional");

    [Theory]
    [InlineData("loader_data", false, 0xf)]
    [InlineData("boot_services_code", false, 0xf)]
    [InlineData("conventional", true, 0x4000f)]
    [InlineData("acpi_nvs", false, 0xf)]
    [InlineData("persistent", false, 0xf)]
    [InlineData("reserved", false, 0x8)]
    [InlineData("unusable", false, 0x8)]
    [InlineData("runtime_services_data", false, 0x8)]
    [InlineData("mmio", false, 0x8000000000000001)]
    public void EfiAttributes_FollowTheType(string type, bool specificPurpose, ulong expected) =>
        Memory($"efi: [{{range: 0x0-0xfff, type: {type}, sp: {(specificPurpose ? "true" : "false")}}}, {TableRoom}]").Efi[0].Attributes
            .Should().Be((EfiMemoryAttributes)expected);

    [Fact]
    public void EfiMap_IsSorted_WhenTheFileIsNot() =>
        Memory($"efi: [{{range: 0x2000-0x2fff, type: reserved}}, {{range: 0x0-0xfff, type: conventional}}, {TableRoom}]").Efi.SkipLast(1)
            .Select(e => e.Range.Start.Value).Should().Equal(0ul, 0x2000ul);

    [Fact]
    public void Srat_HasEveryCpuAndEveryRange() =>
        Memory("nodes: [{pxm: 0, size: 3GiB, cpus: 2}, {pxm: 7, size: 1GiB, cpus: 1}]").Srat.Should().Equal(
            new SratCpuDescription(0, 0),
            new SratCpuDescription(0, 1),
            new SratCpuDescription(7, 2),
            new SratMemoryDescription(0, Range(0, 0x9ffff), false),
            new SratMemoryDescription(0, Range(0x100000, 0x7fffffff), false),
            new SratMemoryDescription(0, Range(0x100000000, 0x13fffffff), false),
            new SratMemoryDescription(7, Range(0x140000000, 0x17fffffff), false));

    [Fact]
    public void Srat_IsLeftOut_WhenTheFileSaysNone() => Memory("srat: none").Srat.Should().BeNull();

    [Fact]
    public void Device_HasQuietDefaults()
    {
        Type3Description device = Device("volatile: 1GiB");
        device.Should().Be(new Type3Description
        {
            Id = "mem-uid5-00.0",
            Volatile = ByteSize.GiB(1),
            Persistent = ByteSize.Zero,
            LabelStorage = ByteSize.Zero,
            Serial = 0,
            HdmDecoders = 4,
            MailboxPayload = ByteSize.KiB(2),
            FirmwareVersion = "BWFW VERSION 00",
            Cdat = new CdatDescription(150, 250, 16000, 16000),
        });
        Device("persistent: 1GiB").LabelStorage.Should().Be(ByteSize.KiB(128));
        Device("persistent: 1GiB, label_storage: 0").LabelStorage.Should().Be(ByteSize.Zero);
        Device("volatile: 1GiB, cdat: {read_latency_ns: 90}").Cdat.Should().Be(new CdatDescription(90, 250, 16000, 16000));
    }

    [Fact]
    public void Ports_AreNumberedByTheirPlaceInTheList()
    {
        HostBridgeDescription bridge = Bridges("{uid: 5, bus: 0, root_ports: [{}, {at: 04.2}, {port: 9}]}").Single();
        bridge.RootPorts.Select(p => $"{p.Device:x2}.{p.Function} {p.PortNumber}").Should().Equal("00.0 0", "04.2 1", "02.0 9");
        bridge.Functions.Select(f => $"{f.Device:x2}.{f.Function}").Should().Equal("04.0");
    }

    [Theory]
    [InlineData("{uid: 1, bus: 0x10}", "10-10")]
    [InlineData("{uid: 1, bus: 0x10, root_ports: [{}, {}]}", "10-12")]
    [InlineData("{uid: 1, bus: 0x10, root_ports: [{switch: {ports: [{}, {switch: {ports: [{}]}}]}}]}", "10-16")]
    [InlineData("{uid: 1, bus: 0x20, root_ports: [{}]}, {kind: pcie, bus: 0, last_bus: 0x1f}", "20-21 00-1f")]
    public void LastBus_IsTheLastThatIsNeeded(string bridges, string expected) =>
        string.Join(' ', Bridges(bridges).Select(b => $"{b.Bus:x2}-{b.LastBus:x2}")).Should().Be(expected);

    /// <summary>Linux finds no region of firmware behind a bridge without decoders.</summary>
    [Fact]
    public void HdmDecoders_AreNeededByFirmwareThatProgramsThem() =>
        Given.Platform("firmware: {decoders: programmed}\nhost_bridges: [{uid: 1, bus: 0, root_ports: [{}]}]").HostBridges.Single().Cxl!.HdmDecoders.Should().Be(4);

    [Theory]
    [InlineData("{uid: 1, bus: 0}", 0)]
    [InlineData("{uid: 1, bus: 0, root_ports: [{}]}", 0)]
    [InlineData("{uid: 1, bus: 0, root_ports: [{}, {}]}", 4)]
    [InlineData("{uid: 1, bus: 0, hdm_decoders: 32}", 32)]
    public void HdmDecoders_AreNeededByBridgesWithSeveralPorts(string bridge, int expected) => Bridges(bridge).Single().Cxl!.HdmDecoders.Should().Be(expected);

    [Fact]
    public void DeviceIds_NameThePlaceBelowSwitches()
    {
        HostBridgeDescription bridge = Bridges("{uid: 3, bus: 0, root_ports: [{at: 02.0, switch: {ports: [{}, {type3: {volatile: 1GiB}}]}}]}").Single();
        SwitchDescription node = (SwitchDescription)bridge.RootPorts[0].Child!;
        node.HdmDecoders.Should().Be(4);
        node.Ports.Select(p => p.PortNumber).Should().Equal(0, 1);
        ((Type3Description)node.Ports[1].Child!).Id.Should().Be("mem-uid3-02.0-1");
    }

    [Theory]
    [InlineData("{targets: [1]}", "0x190000000-0x1cfffffff 0x6 256")]
    [InlineData("{targets: [2]}", "0x190000000-0x20fffffff 0xe 256")]
    [InlineData("{targets: [1, 2], granularity: 4KiB}", "0x190000000-0x24fffffff 0xe 4096")]
    [InlineData("{targets: [3]}", "0x190000000-0x19fffffff 0x6 256")]
    [InlineData("{targets: [3, 3]}", "0x190000000-0x1afffffff 0x6 256")]
    [InlineData("{targets: [1], base: 0x1000000000}, {targets: [1], restrictions: 0x26}",
        "0x1000000000-0x103fffffff 0x6 256 0x1040000000-0x107fffffff 0x26 256")]
    public void Window_HoldsAllBelowItsTargets(string windows, string expected)
    {
        PlatformDescription platform = Given.Platform($$$"""
            host_bridges:
              - {uid: 1, bus: 0x10, root_ports: [{type3: {volatile: 1GiB}}]}
              - {uid: 2, bus: 0x20, root_ports: [{type3: {volatile: 1GiB, persistent: 1GiB}}]}
              - {uid: 3, bus: 0x30}
            windows: [{{{windows}}}]
            """);
        string.Join(' ', platform.Windows.Select(w => $"{w.Range} 0x{w.Restrictions:x} {w.Granularity}")).Should().Be(expected);
    }

    /// <summary>Linux has blocks of 2 GiB where memory ends at 64 GiB or above (<c>probe_memory_block_size</c>); bridge registers lie between DRAM and the window.</summary>
    [Theory]
    [InlineData("61GiB", 0xfd0000000)]
    [InlineData("62GiB", 0x1080000000)]
    [InlineData("64GiB", 0x1100000000)]
    public void Window_BeginsWithABlock(string dram, ulong start) =>
        Given.Platform($"memory: {{dram: {dram}}}\nhost_bridges: [{{uid: 1, bus: 0x10, root_ports: [{{type3: {{volatile: 1GiB}}}}]}}]\nwindows: [{{targets: [1]}}]")
            .Windows[0].Range.Start.Value.Should().Be(start);

    [Fact]
    public void ComponentRegisters_FollowDram()
    {
        const string bridges = "[{uid: 1, bus: 0}, {uid: 2, bus: 1, component_registers: 0x300000000}, {uid: 3, bus: 2}]";
        Given.Platform($"memory: {{dram: 5GiB}}\nhost_bridges: {bridges}").HostBridges
            .Select(b => b.Cxl!.ComponentRegisters.Value).Should().Equal(0x1c0000000ul, 0x300000000ul, 0x1c0010000ul);
    }

    private static AddressRange Range(ulong first, ulong last) => AddressRange.FromBounds(new Hpa(first), new Hpa(last));

    private static MemoryDescription Memory(string keys) => Given.Platform($"memory: {{{keys}}}").Memory;

    private static IReadOnlyList<HostBridgeDescription> Bridges(string bridges) => Given.Platform($"host_bridges: [{bridges}]").HostBridges;

    private static Type3Description Device(string keys) =>
        (Type3Description)Bridges($"{{uid: 5, bus: 0, root_ports: [{{type3: {{{keys}}}}}]}}").Single().RootPorts[0].Child!;
}

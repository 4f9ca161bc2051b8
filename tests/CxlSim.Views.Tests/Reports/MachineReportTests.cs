using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Views.Tests;

/// <summary>What a page says of a machine is what the machine is.</summary>
public class MachineReportTests
{
    private const string Region = "create-region: {decoder: decoder0.0, size: 512MiB}";

    private const string TwoSockets = """
        name: two-sockets
        memory: {nodes: [{pxm: 0, size: 4GiB, cpus: 2}, {pxm: 1, size: 4GiB, cpus: 2}]}
        host_bridges:
          - {uid: 1, pxm: 0, bus: 0x10, root_ports: [{at: 01.0, port: 0, type3: {id: mixed, volatile: 1GiB, persistent: 1GiB}}, {at: 02.0, port: 1}]}
          - {uid: 2, pxm: 1, bus: 0x40, root_ports: [{at: 01.0, port: 0, switch: {ports: [{type3: {id: low, volatile: 2GiB}}, {type3: {id: high, volatile: 2GiB}}]}}]}
        windows: [{base: 0x1000000000, size: 4GiB, targets: [1, 2]}]
        """;

    private const string WrongOrder = """
        host_bridges:
          - {uid: 5, bus: 0x10, root_ports: [{at: 01.0, port: 0, type3: {id: left, volatile: 1GiB}}]}
          - {uid: 6, bus: 0x20, root_ports: [{at: 01.0, port: 0, type3: {id: right, volatile: 1GiB}}]}
        windows: [{base: 0x1000000000, size: 4GiB, targets: [5, 6]}]
        """;

    [Fact]
    public void Topology_IsWhatIsPluggedTogether()
    {
        MachineReport report = GivenReport.Of(TwoSockets);

        report.Topology.Select(bridge => (bridge.Kind, bridge.Name, bridge.Label, bridge.CxlName, bridge.Node))
            .Should().Equal(("host bridge", "pci0000:10", "UID 1", "port1", 0), ("host bridge", "pci0000:40", "UID 2", "port2", 1));
        report.Topology[0].Children.Select(port => (port.Kind, port.Name, port.Label, port.Children.Count)).Should().Equal(("root port", "0000:10:01.0", "port 0", 1), ("root port", "0000:10:02.0", "port 1", 0));
        TopologyNode card = report.Topology[0].Children[0].Children[0];
        (card.Kind, card.Label, card.CxlName, card.Capacity).Should().Be(("device", "mixed", "mem0", ByteSize.GiB(2)));
        TopologyNode above = report.Topology[1].Children[0].Children[0];
        (above.Kind, above.CxlName).Should().Be(("switch", "port4"));
        above.Children.SelectMany(port => port.Children).Select(device => device.Label).Should().Equal("low", "high");
        above.Children.Should().OnlyContain(port => port.Kind == "downstream port" && port.Link == null);
    }

    /// <summary>32 GT/s on 16 lanes, as DEVICES.md says of a device that states nothing.</summary>
    [Fact]
    public void Links_AreThoseOfTheirLowerEnds() =>
        GivenReport.Of(TwoSockets).Topology[1].Children[0].Children[0].Children[0].Children[0].Link.Should().Be(new TopologyLink(16, 32_000));

    /// <summary>A member has its place also where the one before it is not there yet.</summary>
    [Fact]
    public void Member_HasItsOwnPosition()
    {
        MachineReport report = GivenReport.Of(
            WrongOrder, "write: {path: /sys/bus/cxl/devices/decoder0.0/create_ram_region, value: region0}", "write: {path: /sys/bus/cxl/devices/region0/interleave_ways, value: 2}",
            "write: {path: /sys/bus/cxl/devices/region0/interleave_granularity, value: 256}", "write: {path: /sys/bus/cxl/devices/region0/size, value: 0x20000000}",
            "write: {path: /sys/bus/cxl/devices/decoder4.0/mode, value: ram}", "write: {path: /sys/bus/cxl/devices/decoder4.0/dpa_size, value: 0x10000000}",
            "write: {path: /sys/bus/cxl/devices/region0/target1, value: decoder4.0}");

        report.Regions[0].Members.Should().ContainSingle().Which.Position.Should().Be(1);
    }

    [Fact]
    public void Region_HasItsColourEverywhere()
    {
        MachineReport report = GivenReport.Of(Given.OneCard, Region);

        ReportRegion region = report.Regions.Should().ContainSingle().Subject;
        region.Should().BeEquivalentTo(new { Name = "region0", Ways = 1, IsCommitted = true, Window = "decoder0.0", Mode = "ram" });
        region.Members.Should().Equal(new RegionMember(0, "decoder2.0", "mem0", Dpa.Zero, ByteSize.MiB(512)));
        report.Topology[0].Children[0].Children[0].Regions.Should().Equal("region0");
        report.Memdevs[0].Taken.Should().Equal(new DpaPart("decoder2.0", Dpa.Zero, ByteSize.MiB(512), "region0"));
        Lane(report, "/proc/iomem").Where(bar => bar.Region == "region0").Select(bar => (bar.Name, bar.Depth)).Should().Equal(("region0", 1), ("dax0.0", 2), ("System RAM (kmem)", 3));
        Lane(report, "memory blocks")[^1].Should().Be(new AddressBar("memory512-515, node 1 Normal, online", AddressRange.Of(new Hpa(0x1000000000), ByteSize.MiB(512)), 0, "region0"));
        Lane(report, "device decoders").Should().ContainSingle().Which.Region.Should().Be("region0");
        Lane(report, "windows").Should().Equal(new AddressBar("decoder0.0", AddressRange.Of(new Hpa(0x1000000000), ByteSize.GiB(4))));
        report.Addresses.Select(lane => lane.Name).Should().NotContain("switch decoders");
    }

    /// <summary>The soft-reserved range is a line of firmware's map with a word for what it is kept for.</summary>
    [Fact]
    public void FirmwaresMap_IsJoinedAndNamed() =>
        Lane(GivenReport.Of(Given.OneCard), "EFI memory map").Select(bar => bar.Name).Should().Contain("Conventional").And.Contain("AcpiReclaim");

    [Fact]
    public void Pieces_GoRoundAsTheDataPathSendsThem()
    {
        MachineReport report = GivenReport.Of(InterleavedPlatforms.AcrossAndWithin, out MachineSession session);

        ReportRegion region = report.Regions.Should().ContainSingle().Subject;
        region.Turns.Should().Equal(0, 1, 2, 3);
        region.Members.Select(member => report.Memdevs.Single(memdev => memdev.Name == member.Memdev).Device).Should().Equal("d2-0", "a8-0", "d2-2", "a8-2");
        session.Machine.Resolve(new Hpa(0xc050000100))!.Device.Should().Be("a8-0");
        Lane(report, "device decoders").Should().ContainSingle().Which.Name.Should().Be("decoder3.0 decoder4.0 decoder5.0 decoder6.0");
    }

    /// <summary>Bits 14 and 22 turn the order of the devices about: there is none to be shown.</summary>
    [Fact]
    public void Pieces_OfXorArithmetic_DoNotGoRound()
    {
        string platform = File.ReadAllText(RepositoryRoot.File("platforms/xor-4way.yaml"));
        ReportRegion region = GivenReport.Of(platform).Regions.Should().ContainSingle().Subject;

        (region.IsCommitted, region.Members.Count, region.Turns).Should().Be((true, 4, null));
    }

    [Fact]
    public void Decoders_AreTold_FromTheRootDown()
    {
        MachineReport report = GivenReport.Of(Given.OneCard, Region);

        report.Decoders.Select(decoder => decoder.Level).Distinct().Should().Equal("root", "host bridge", "endpoint");
        AddressRange region = AddressRange.Of(new Hpa(0x1000000000), ByteSize.MiB(512));
        report.Decoders[0].Should().BeEquivalentTo(new { Name = "decoder0.0", Owner = "root0 ACPI0017:00", Targets = "pci0000:10", State = "fixed", Regions = new[] { "region0" } });
        report.Decoders.Single(decoder => decoder.Level == "host bridge" && decoder.State != "idle").Should().BeEquivalentTo(
            new { Owner = "port1 pci0000:10", State = "passthrough", Targets = "0000:10:01.0" });
        report.Decoders.First(decoder => decoder.Level == "endpoint").Should().BeEquivalentTo(
            new { Name = "decoder2.0", Owner = "endpoint2 mem0", Range = (AddressRange?)region, State = "committed", Targets = "DPA 0x0, 512 MiB" });
        report.Decoders.Where(decoder => decoder.State == "idle").Should().OnlyContain(decoder => decoder.Range == null && decoder.Regions.Count == 0);
    }

    [Fact]
    public void Locked_IsSaid() =>
        GivenReport.Of(InterleavedPlatforms.WithinBridge).Decoders.Where(decoder => decoder.Level == "endpoint" && decoder.Range != null).Should().HaveCount(2)
            .And.OnlyContain(decoder => decoder.State == "committed, locked");

    [Fact]
    public void Blocks_AreJoinedWhereTheyDoNotDiffer()
    {
        MachineReport report = GivenReport.Of(Given.OneCard, Region, "offline: memory513");

        report.Memory.BlockSize.Should().Be(ByteSize.MiB(128));
        report.Memory.Runs.Where(run => run.Region == "region0").Should().Equal(
            new BlockRun(512, 512, 1, "Normal", "online", "region0"), new BlockRun(513, 513, 1, "", "offline", "region0"), new BlockRun(514, 515, 1, "Normal", "online", "region0"));
        report.Memory.Nodes.Select(node => (node.Id, node.Cpus)).Should().Equal((0, "0-1"), (1, ""));
        report.Memory.Nodes[1].Zones.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Name = "Normal", Present = ByteSize.MiB(384) });
    }

    [Fact]
    public void Refusals_AreTheTextOfExplain()
    {
        MachineReport report = GivenReport.Of(WrongOrder, "create-region: {decoder: decoder0.0, memdevs: [right, left]}");

        ReportRefusal refusal = report.Refusals[0];
        refusal.Heading.Should().EndWith("'create-region decoder0.0 ram right left' ended with ENXIO; expected Ok");
        refusal.Lines.Should().Equal(
            "CXK0104 the window has another host bridge at this position",
            "  object   region0",
            "  write    'decoder4.0' to /sys/bus/cxl/devices/region0/target0",
            "  in       store_targetN region0 > cxl_region_attach region0 decoder4.0 > cxl_region_attach_position (drivers/cxl/core/region.c)",
            "  answer   ENXIO",
            "  reason   mem1:decoder4.0 invalid target position for decoder0.0",
            "  values   position = 0, host bridge of mem1 = 6, host bridge of decoder0.0 there = 5",
            "  nearest  memdevs: [left, right]");
        refusal.IsExpected.Should().BeFalse();
        report.Capacities.Select(device => (device.Device, device.InUse, device.Stranded)).Should().Equal(("left", ByteSize.Zero, ByteSize.Zero), ("right", ByteSize.Zero, ByteSize.GiB(1)));
    }

    [Fact]
    public void ExpectedRefusal_IsSaidToBeOne() =>
        GivenReport.Of(WrongOrder, "{create-region: {decoder: decoder0.0, memdevs: [right, left]}, expect: ENXIO}").Refusals[0].Should().BeEquivalentTo(new { IsExpected = true });

    [Fact]
    public void MachineWhereNothingIsRefused_HasNoRefusals() => GivenReport.Of(Given.OneCard, "create-region: {decoder: decoder0.0}").Refusals.Should().BeEmpty();

    /// <summary>cxl_test's components are no PCI functions: ten cards below switches, and one that hangs at its bridge as CXL 1.1 has it (<c>tools/testing/cxl/test/cxl.c</c>).</summary>
    [Fact]
    public void MockedMachine_HasItsTopologyToo()
    {
        MachineReport report = GivenReport.Of("""
            kernel: {cxl_test: true, modules: [cxl_acpi, cxl_pci, cxl_mem, cxl_port, cxl_test]}
            memory: {dram: 4GiB, cpus: 2}
            """);

        report.Topology.Select(node => (node.Kind, node.Name)).Should().Equal(Enumerable.Range(0, 4).Select(number => ("host bridge", $"cxl_host_bridge.{number}")));
        report.Topology[0].Children.Select(port => port.Kind).Should().Equal("root port", "root port");
        report.Topology[0].Children[0].Children[0].Should().BeEquivalentTo(new { Kind = "switch", Name = "cxl_switch_uport.0" });
        report.Topology[0].Children[0].Children[0].Children.Should().OnlyContain(port => port.Kind == "downstream port" && port.Children.Count == 1);
        report.Topology[3].Children.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Kind = "device", Name = "cxl_rcd.10", CxlName = "mem10" });
        Devices(report.Topology).Should().HaveCount(11);
        report.Topology[0].Children[0].Children[0].Children[0].Children[0].Regions.Should().Equal("region0");
    }

    /// <summary>A host of CXL 1.1: the device is a function of the root bus.</summary>
    [Fact]
    public void RestrictedHost_HasItsDeviceBelowTheBridge()
    {
        MachineReport report = GivenReport.Of(File.ReadAllText(RepositoryRoot.File("platforms/rch.yaml")));

        Devices(report.Topology).Should().ContainSingle().Which.Should().BeSameAs(report.Topology.SelectMany(bridge => bridge.Children).Single(child => child.Kind == "device"));
    }

    private static IReadOnlyList<AddressBar> Lane(MachineReport report, string name) => report.Addresses.Single(lane => lane.Name == name).Bars;

    private static IEnumerable<TopologyNode> Devices(IEnumerable<TopologyNode> nodes) => nodes.SelectMany(node => node.Kind == "device" ? [node] : Devices(node.Children));
}

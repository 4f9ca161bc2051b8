using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>HMAT, generic port, CDAT and links: how fast memory is said to be (recording 13-hmat-generic-port, and what was observed beside it).</summary>
public sealed class AccessCoordinatesTests
{
    private const string Nodes = "/sys/devices/system/node/";
    private const string Region = Given.Devices + "region0/";

    private const string Recorded = """
        - {initiator: 0, target: 0, latency: 10, bandwidth: 10240}
              - {initiator: 0, target: 1, latency: 105, bandwidth: 1024}
              - {initiator: 0, target: 2, latency: 200, bandwidth: 4096}
              - {initiator: 1, target: 0, latency: 105, bandwidth: 1024}
              - {initiator: 1, target: 1, latency: 12, bandwidth: 9216}
              - {initiator: 1, target: 2, latency: 300, bandwidth: 3072}
        """;

    /// <summary>As recorded, but both nodes of DRAM are alike.</summary>
    private static readonly string Alike = Recorded.Replace("latency: 12, bandwidth: 9216", "latency: 10, bandwidth: 10240", StringComparison.Ordinal);

    private const string OneDevice = "[{type3: {id: d0, volatile: 1GiB}}]";

    [Theory]
    [InlineData(0, 10, 10240)]
    [InlineData(1, 12, 9216)]
    public void DramNodes_ShowWhatTheTableSays(int node, int latency, int bandwidth)
    {
        MachineSession session = Booted(Recorded, OneDevice);

        foreach (int access in new[] { 0, 1 })
        {
            Shown(session, $"{Nodes}node{node}/access{access}/initiators/").Should().Be((latency, latency, bandwidth, bandwidth));
            session.Read($"{Nodes}node{node}/access{access}/initiators/node{node}/cpulist").Error.Should().Be(Errno.Ok);
            session.Read($"{Nodes}node{node}/access{access}/targets/node{node}/cpulist").Error.Should().Be(Errno.Ok);
            session.Read($"{Nodes}node{node}/access{access}/initiators/node{1 - node}/cpulist").Error.Should().Be(Errno.ENOENT);
        }

        session.Text($"{Nodes}node{node}/distance").Should().Be(node == 0 ? "10 21" : "21 10");
        session.Text($"{Nodes}possible").Should().Be("0-3");
    }

    [Fact]
    public void RegionAndItsNode_ShowTheWholeWay()
    {
        MachineSession session = WithRegion(Recorded, OneDevice, "d0");

        foreach (int access in new[] { 0, 1 })
        {
            Shown(session, $"{Region}access{access}/").Should().Be((17350, 17450, 4096, 4096), "200 of the port, 17000 of the link, 150 and 250 of the device");
            Shown(session, $"{Nodes}node3/access{access}/initiators/").Should().Be((17350, 17450, 4096, 4096));
            session.Kernel.Numa.Node(3).Access(access)!.Initiators.Links.Should().BeEmpty();
        }

        session.Text(Given.Devices + "mem0/ram/qos_class").Should().Be("0");
        session.Read(Given.Devices + "mem0/pmem/qos_class").Error.Should().Be(Errno.ENOENT);
    }

    /// <summary>
    /// Two regions of one window, their memory offline at first: seen on Linux 6.12.107, where the node's first memory brings the files of both, and on 7.2.12, where it
    /// brings those of the first. A region that comes later has none.
    /// </summary>
    [Theory]
    [InlineData("6.12", true)]
    [InlineData("7.2", false)]
    public void Regions_ShowTheirSpeed_WhenTheirNodeGetsMemory(string version, bool both)
    {
        string machine = Machine(Alike, "[{type3: {id: d0, volatile: 512MiB}}, {type3: {id: d1, volatile: 256MiB}}]", $$"""
            kernel: {version: "{{version}}", command_line: memhp_default_state=offline}
            """);
        MachineSession session = Given.Booted(machine);
        Create(session, "memdevs: [d0], size: 256MiB");
        Create(session, "memdevs: [d1]");
        Speed(session, 0).Should().BeEmpty();

        CxlRegion first = session.Region("region0");
        session.Write($"/sys/devices/system/memory/memory{first.Resource!.Range.Start.Value >> 27}/state", "online").Should().Be(Errno.Ok);
        Create(session, "memdevs: [d0], size: 256MiB");

        Speed(session, 0).Should().Be("17350");
        Speed(session, 1).Should().Be(both ? "17350" : string.Empty);
        Speed(session, 2).Should().BeEmpty();
    }

    [Fact]
    public void DramNodesThatDiffer_GiveNoMeasure()
    {
        MachineSession session = WithRegion(Recorded, OneDevice, "d0", out LogSink log);

        session.Text("/sys/devices/virtual/memory_tiering/memory_tier22/nodelist").Should().Be("3");
        log.Lines.Should().ContainInOrder(
            "memory-tiers: the performance of DRAM node 1 mismatches that of the reference",
            "DRAM node 0.",
            "  performance of reference DRAM node 0 from ACPI HMAT:",
            "    read_latency: 10, write_latency: 10, read_bandwidth: 10240, write_bandwidth: 10240",
            "  performance of DRAM node 1 from ACPI HMAT:",
            "    read_latency: 12, write_latency: 12, read_bandwidth: 9216, write_bandwidth: 9216",
            "  disable default DRAM node performance based abstract distance algorithm.");
    }

    [Fact]
    public void DramNodesThatAgree_PlaceTheRegionsNode()
    {
        MachineSession session = WithRegion(Alike, OneDevice, "d0");

        session.Text("/sys/devices/virtual/memory_tiering/memory_tier4/nodelist").Should().Be("0-1");
        session.Text("/sys/devices/virtual/memory_tiering/memory_tier19575/nodelist").Should().Be("3");
    }

    [Fact]
    public void Switch_AddsItsOwnStretch()
    {
        MachineSession session = WithRegion(Far("60", "102400"), "[{switch: {ports: [{type3: {id: d0, volatile: 1GiB}}, {type3: {id: d1, volatile: 1GiB}}]}}]", "d0");

        Shown(session, Region + "access0/").Should().Be((34360, 34460, 16000, 16000), "two links, 150 of the switch, 60 of the port");
        session.Text("/sys/devices/virtual/memory_tiering/memory_tier12387/nodelist").Should().Be("3");
    }

    [Theory]
    [InlineData("102400", 32000)]
    [InlineData("8192", 8192)]
    public void MembersBehindOneSwitch_AddUp_UpToThePort(string port, int bandwidth)
    {
        MachineSession session = WithRegion(Far("60", port), "[{switch: {ports: [{type3: {id: d0, volatile: 1GiB}}, {type3: {id: d1, volatile: 1GiB}}]}}]", "d0, d1");

        Shown(session, Region + "access1/").Should().Be((34360, 34460, bandwidth, bandwidth));
    }

    [Theory]
    [InlineData("- {memory: 0x80000000-0x8fffffff, pxm: 1, hotplug: true}", "no generic port")]
    [InlineData("- {generic_port: 13, pxm: 2}", "the port of another bridge")]
    public void WithoutTheBridgesPort_NothingIsKnownOfTheRegion(string record, string why)
    {
        MachineSession session = Given.AfterSteps(Machine(Recorded, OneDevice, "steps: [{create-region: {decoder: decoder0.0, memdevs: [d0], size: 512MiB}}]")
            .Replace("- {generic_port: 12, pxm: 2}", record, StringComparison.Ordinal));

        session.Read(Region + "access0/read_latency").Error.Should().Be(Errno.ENOENT, why);
        session.Read(Given.Devices + "mem0/ram/qos_class").Error.Should().Be(Errno.ENOENT);
        session.Kernel.Numa.OnlineNodes.Last().Access(0).Should().BeNull();
    }

    [Fact]
    public void ClassThatNoWindowHas_IsHidden()
    {
        MachineSession session = Given.Booted(Machine(Recorded, OneDevice).Replace("restrictions: 0xf", "restrictions: 0xf, qos_class: 1", StringComparison.Ordinal));

        session.Read(Given.Devices + "mem0/ram/qos_class").Error.Should().Be(Errno.ENOENT);
    }

    [Fact]
    public void Nohmat_LeavesTheTableAside()
    {
        MachineSession session = Given.Booted("kernel: {command_line: numa=nohmat}\n" + Machine(Recorded, OneDevice));

        session.Kernel.Numa.Node(0).Access(0).Should().BeNull();
        session.Text($"{Nodes}node0/distance").Should().Be("10 21");
    }

    /// <summary>The HMAT is asked first for the tier (<c>register_mt_adistance_algorithm</c>); but the node shows what the region says, which is told before the HMAT (CXL_CALLBACK_PRI).</summary>
    [Fact]
    public void WindowWhoseNodeTheTableKnows_HasItsTierFromTheTable_AndItsNumbersFromTheRegion()
    {
        MachineSession session = Given.AfterSteps(Machine(
                Alike + "\n      - {initiator: 0, target: 3, latency: 20, bandwidth: 5120}", OneDevice, "steps: [{create-region: {decoder: decoder0.0, memdevs: [d0], size: 512MiB}}]")
            .Replace("pxm: 2, hotplug: true}", "pxm: 2, hotplug: true}\n    - {memory: 0x490000000-0x58fffffff, pxm: 3, hotplug: true}", StringComparison.Ordinal));

        session.Text("/sys/devices/virtual/memory_tiering/memory_tier18/nodelist").Should().Be("3", "576 * 40 / 20 * 20480 / 10240 is 2304, in chunks of 128");
        Shown(session, $"{Nodes}node3/access1/initiators/").Should().Be((17350, 17450, 4096, 4096));
    }

    /// <summary>Memory of a node without CPUs: the nearest initiators by each number in turn.</summary>
    [Fact]
    public void MemoryWithoutCpus_HasTheNearestInitiators()
    {
        MachineSession session = Given.Booted("""
            memory:
              nodes: [{pxm: 0, size: 1GiB, cpus: 1}, {pxm: 1, size: 1GiB, cpus: 1}, {pxm: 2, size: 1GiB, cpus: 0}]
              hmat:
                - {initiator: 0, target: 0, latency: 10, bandwidth: 10240}
                - {initiator: 1, target: 1, latency: 10, bandwidth: 10240}
                - {initiator: 0, target: 2, read_latency: 90, write_latency: 90, bandwidth: 2048}
                - {initiator: 1, target: 2, read_latency: 80, write_latency: 90, bandwidth: 1024}
            host_bridges: [{uid: 12, bus: 0x0c, root_ports: [{type3: {volatile: 1GiB}}]}]
            """);

        session.Kernel.Numa.Node(2).Access(0)!.Initiators.Links.Keys.Should().Equal("node1");
        Shown(session, $"{Nodes}node2/access1/initiators/").Should().Be((80, 90, 1024, 1024));
        session.Kernel.Numa.Node(1).Access(1)!.Targets.Links.Keys.Should().BeEquivalentTo("node1", "node2");
    }

    /// <summary>Linux 7.2 on the machine of recording 13: the region knows its speed, and the node, which HMAT does not know, shows none; its weight follows all the same.</summary>
    [Theory]
    [InlineData("6.17", true)]
    [InlineData("6.18", false)]
    public void NodesOutsideHmat_ShowNoSpeed_InNewerKernels(string version, bool isShown)
    {
        MachineSession session = WithRegion(Recorded, OneDevice, "d0", out _, version);

        Shown(session, $"{Region}access0/").Should().Be((17350, 17450, 4096, 4096));
        foreach (int access in new[] { 0, 1 })
        {
            (session.Kernel.Numa.Node(3).Access(access) is not null).Should().Be(isShown);
        }

        session.Text("/sys/kernel/mm/mempolicy/weighted_interleave/node3").Should().Be("5", "4096 of 10240, 9216 and 4096 is 5 of 32");
    }

    private static (int ReadLatency, int WriteLatency, int ReadBandwidth, int WriteBandwidth) Shown(MachineSession session, string directory)
    {
        int[] numbers = [.. new[] { "read_latency", "write_latency", "read_bandwidth", "write_bandwidth" }
            .Select(name => int.Parse(session.Text(directory + name), System.Globalization.CultureInfo.InvariantCulture))];
        return (numbers[0], numbers[1], numbers[2], numbers[3]);
    }

    /// <summary>DRAM of 80 ns and 100 GiB/s, and a generic port.</summary>
    private static string Far(string latency, string bandwidth) => $$$"""
        - {initiator: 0, target: 0, latency: 80, bandwidth: 102400}
              - {initiator: 1, target: 1, latency: 80, bandwidth: 102400}
              - {initiator: 0, target: 2, latency: {{{latency}}}, bandwidth: {{{bandwidth}}} }
        """;

    private static MachineSession Booted(string hmat, string ports) => Given.Booted(Machine(hmat, ports));

    private static string Speed(MachineSession session, int region) => session.Text($"{Given.Devices}region{region}/access0/read_latency");

    private static void Create(MachineSession session, string how) =>
        new StepRunner(session).Run(PlatformReader.ReadStep($"create-region: {{decoder: decoder0.0, {how}}}", "step").Step!).Error.Should().Be(Errno.Ok);

    private static MachineSession WithRegion(string hmat, string ports, string devices) => WithRegion(hmat, ports, devices, out _);

    private static MachineSession WithRegion(string hmat, string ports, string devices, out LogSink log, string version = "6.12")
    {
        string steps = $$$"""
            kernel: {version: "{{{version}}}"}
            steps: [{create-region: {decoder: decoder0.0, memdevs: [{{{devices}}}], size: 512MiB}}]
            """;
        MachineSession session = Given.Booted(Machine(hmat, ports, steps), out log);
        new StepRunner(session).Run(session.Machine.Platform.Steps[0]).Error.Should().Be(Errno.Ok);
        return session;
    }

    private static string Machine(string hmat, string ports, string steps = "") => $$$"""
        memory:
          nodes: [{pxm: 0, size: 1GiB, cpus: 1}, {pxm: 1, size: 1GiB, cpus: 1}]
          srat:
            - {cpu: 0, pxm: 0}
            - {cpu: 1, pxm: 1}
            - {memory: 0x0-0x9ffff, pxm: 0}
            - {memory: 0x100000-0x3fffffff, pxm: 0}
            - {memory: 0x40000000-0x7fffffff, pxm: 1}
            - {generic_port: 12, pxm: 2}
            - {memory: 0x100000000-0x47fffffff, pxm: 2, hotplug: true}
          distances: [{from: 0, to: 1, distance: 21}, {from: 0, to: 2, distance: 30}, {from: 1, to: 2, distance: 40}]
          hmat:
              {{{hmat}}}
        host_bridges: [{uid: 12, bus: 0x0c, component_registers: 0x480000000, root_ports: {{{ports}}} }]
        windows: [{base: 0x490000000, size: 4GiB, targets: [12], restrictions: 0xf}]
        {{{steps}}}
        """;
}

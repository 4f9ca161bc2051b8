using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests.Behaviour;

/// <summary>Poison through debugfs and the trace lines that come of it (recording 11-ras, and 08-user-errors for what is refused).</summary>
public class PoisonTests
{
    private const string Machine = """
        memory: {dram: 2GiB, cpus: 2}
        host_bridges:
          - uid: 12
            bus: 0x0c
            root_ports: [{at: 00.0, port: 0, type3: {id: d0, volatile: 512MiB, serial: 0xabc0}}, {at: 01.0, port: 1, type3: {id: d1, volatile: 512MiB, serial: 0xabc1}}]
        windows: [{base: 0x490000000, size: 4GiB, targets: [12]}]
        """;

    private const string Region = "\nsteps:\n  - create-region: {decoder: decoder0.0, memdevs: [d0, d1], size: 512MiB, granularity: 256}\n";
    private const string Debug = "/sys/kernel/debug/cxl/mem0/";
    private const string List = Given.Devices + "mem0/trigger_poison_list";
    private const string NoUuid = "00000000-0000-0000-0000-000000000000";

    [Fact]
    public void A_line_is_injected_listed_and_cleared()
    {
        MachineSession session = Traced(Machine);

        session.Write(Debug + "inject_poison", "0x1000").Should().Be(Errno.Ok);
        session.Write(List, "1").Should().Be(Errno.Ok);
        session.Write(Debug + "clear_poison", "0x1000").Should().Be(Errno.Ok);
        session.Write(List, "1").Should().Be(Errno.Ok);

        const string middle = $"region= region_uuid={NoUuid} hpa=0xffffffffffffffff dpa=0x1000 dpa_length=0x40";
        Traces(session).Should().Equal(
            $"memdev=mem0 host=0000:0d:00.0 serial=43968 trace_type=Inject {middle} source=Unknown flags= overflow_time=0",
            $"memdev=mem0 host=0000:0d:00.0 serial=43968 trace_type=List {middle} source=Injected flags= overflow_time=0",
            $"memdev=mem0 host=0000:0d:00.0 serial=43968 trace_type=Clear {middle} source=Unknown flags= overflow_time=0");
    }

    /// <summary>A persistent region has one, as Linux 6.12.107 told it.</summary>
    [Fact]
    public void The_uuid_of_a_region_is_told()
    {
        MachineSession session = Traced("""
            host_bridges: [{uid: 12, bus: 0x0c, root_ports: [{type3: {persistent: 512MiB, serial: 1}}]}]
            windows: [{base: 0x490000000, size: 4GiB, targets: [12]}]
            steps:
              - create-region: {decoder: decoder0.0, type: pmem}
            """);
        session.Write(Debug + "inject_poison", "0x1000").Should().Be(Errno.Ok);

        string uuid = session.Text(Given.Devices + "region0/uuid");
        uuid.Should().NotBe(NoUuid);
        Traces(session).Should().ContainSingle().Which.Should().Contain($"region=region0 region_uuid={uuid} ");
    }

    // Two ways by 256 bytes: the recorded places of both members.
    [Theory]
    [InlineData("mem0", 0x0, 0x490000000)]
    [InlineData("mem0", 0x100, 0x490000200)]
    [InlineData("mem0", 0xffc0, 0x49001fec0)]
    [InlineData("mem0", 0xfffffc0, 0x4affffec0)]
    [InlineData("mem1", 0x0, 0x490000100)]
    [InlineData("mem1", 0xfffffc0, 0x4afffffc0)]
    public void In_a_region_the_line_has_an_address(string memdev, ulong dpa, ulong hpa)
    {
        MachineSession session = Traced(Machine + Region);

        session.Write($"/sys/kernel/debug/cxl/{memdev}/inject_poison", $"0x{dpa:x}").Should().Be(Errno.Ok);
        session.Write(Given.Devices + memdev + "/trigger_poison_list", "1").Should().Be(Errno.Ok);

        Traces(session).Should().AllSatisfy(line => line.Should().Contain($"region=region0 region_uuid={NoUuid} hpa=0x{hpa:x} dpa=0x{dpa:x} "));
        Traces(session).Should().HaveCount(2);
    }

    [Fact]
    public void Behind_what_decoders_map_the_rest_of_the_device_is_listed()
    {
        MachineSession session = Traced(Machine + Region);
        session.Write(Debug + "inject_poison", "0x10001000").Should().Be(Errno.Ok);
        session.Machine.DeviceActions.Poison("d0", 0x800, 0x100).Should().Be(Errno.Ok);

        session.Write(List, "1").Should().Be(Errno.Ok);

        Traces(session)[1..].Should().Equal(
            $"memdev=mem0 host=0000:0d:00.0 serial=43968 trace_type=List region=region0 region_uuid={NoUuid} hpa=0x490001000 dpa=0x800 dpa_length=0x100 source=Internal flags= overflow_time=0",
            $"memdev=mem0 host=0000:0d:00.0 serial=43968 trace_type=List region= region_uuid={NoUuid} hpa=0xffffffffffffffff dpa=0x10001000 dpa_length=0x40 source=Injected flags= overflow_time=0");
    }

    /// <summary>Read of both kernels on a device with 512 MiB of each: first without a region, then with one that takes all volatile memory, whose list ends there from 6.15 on.</summary>
    [Theory]
    [InlineData("6.14", "0x30000000 0x20000000 0x10000000", "0x10000000 0x30000000 0x20000000")]
    [InlineData("6.15", "0x10000000 0x30000000 0x20000000", "0x10000000")]
    public void Partitions_are_listed_in_the_order_of_the_version(string version, string without, string with)
    {
        MachineSession session = Traced($$"""
            kernel: {version: "{{version}}", command_line: memhp_default_state=offline}
            host_bridges: [{uid: 12, bus: 0x0c, root_ports: [{at: 00.0, type3: {id: d0, volatile: 512MiB, persistent: 512MiB, serial: 0xabc0} }] }]
            windows: [{base: 0x490000000, size: 4GiB, targets: [12]}]
            steps:
              - create-region: {decoder: decoder0.0, memdevs: [d0], size: 512MiB, granularity: 256}
              - write: {path: /sys/bus/cxl/devices/region0/commit, value: "0"}
            """);
        string[] injected = ["0x20000000", "0x30000000", "0x10000000"];
        injected.Should().AllSatisfy(address => session.Write(Debug + "inject_poison", address).Should().Be(Errno.Ok));

        session.Write(List, "1").Should().Be(Errno.Ok);
        string[] first = [.. Listed(session)];
        session.Write(Given.Devices + "region0/commit", "1").Should().Be(Errno.Ok);
        session.Write(List, "1").Should().Be(Errno.Ok);

        string.Join(' ', first).Should().Be(without);
        string.Join(' ', Listed(session).Skip(first.Length)).Should().Be(with);
    }

    /// <summary>Read of 7.2: one line for each range that is asked for and has none.</summary>
    [Theory]
    [InlineData("7.1", 0)]
    [InlineData("7.2", 1)]
    public void Empty_lists_are_said(string version, int times)
    {
        MachineSession session = Given.Booted($"kernel: {{version: \"{version}\"}}\n" + Machine, out LogSink log);

        session.Write(List, "1").Should().Be(Errno.Ok);

        log.Lines.Count(line => line == "cxl_mem mem0: Poison empty payload!").Should().Be(times);
    }

    [Fact]
    public void The_log_warns_once_of_poison_in_a_region()
    {
        MachineSession session = Given.Booted(Machine + Region, out LogSink log);
        new StepRunner(session).Run(session.Machine.Platform.Steps[0]);

        session.Write(Debug + "inject_poison", "0x0").Should().Be(Errno.Ok);
        session.Write(Debug + "inject_poison", "0x100").Should().Be(Errno.Ok);

        log.Lines.Where(line => line.Contains("poison")).Should().Equal("cxl_pci 0000:0d:00.0: poison inject dpa:0x0 region: region0");
        log.Lines.Should().Contain("cxl decoder2.0: dpa:0x100 mapped in region:region0");
    }

    [Theory]
    [InlineData("0x1", "dpa:0x1 is not 64-byte aligned")]
    [InlineData("0x20000000", "dpa:0x20000000 not in resource:[mem 0x00000000-0x1fffffff]")]
    [InlineData("0xffffffffffffffc0", "dpa:0xffffffffffffffc0 not in resource:[mem 0x00000000-0x1fffffff]")]
    [InlineData("abc", null)]
    public void Addresses_that_are_no_lines_of_the_device_are_refused(string address, string? reason)
    {
        MachineSession session = Given.Booted(Machine, out LogSink log);

        session.Write(Debug + "inject_poison", address).Should().Be(Errno.EINVAL);
        session.Write(Debug + "clear_poison", address).Should().Be(Errno.EINVAL);

        log.Lines.Count(line => line == "cxl_pci 0000:0d:00.0: " + reason).Should().Be(reason is null ? 0 : 2);
    }

    [Fact]
    public void A_device_that_can_count_no_more_is_busy()
    {
        MachineSession session = Given.Booted(Machine);
        for (ulong i = 0; i < 256; i++)
        {
            session.Machine.DeviceActions.Poison("d0", i * 128, 64).Should().Be(Errno.Ok);
        }

        session.Write(Debug + "inject_poison", "0x100000").Should().Be(Errno.EBUSY);
    }

    [Fact]
    public void The_directory_in_debugfs_is_there_while_the_driver_is_bound()
    {
        MachineSession session = Given.AfterSteps(Machine + Region);

        session.Text(Debug + "dpamem").Should().Be("00000000-1fffffff : ram\n  00000000-0fffffff : decoder2.0");
        session.Text("/sys/kernel/debug/cxl/mbox/raw_allow_all").Should().Be("N");
        session.Write("/sys/bus/cxl/drivers/cxl_mem/unbind", "mem0").Should().Be(Errno.Ok);
        session.Read(Debug + "dpamem").Error.Should().Be(Errno.ENOENT);
    }

    private static MachineSession Traced(string machine)
    {
        MachineSession session = Given.AfterSteps(machine);
        session.Kernel.Tracing.Main.Enabled.UnionWith(session.Kernel.Tracing.Events);
        return session;
    }

    private static IEnumerable<string> Listed(MachineSession session) =>
        Traces(session).Where(line => line.Contains("trace_type=List")).Select(line => line.Split(" dpa=")[1].Split(' ')[0]);

    private static List<string> Traces(MachineSession session) =>
        [.. session.Kernel.Tracing.Main.Render().Split('\n').Where(line => line.Contains("cxl_poison: ")).Select(line => line.Split("cxl_poison: ")[1])];

    /// <summary>A record counts lines in 32 bits: 512 GiB take three.</summary>
    [Fact]
    public void LongPoison_IsListed()
    {
        MachineSession session = Given.AfterSteps("""
            host_bridges: [{uid: 5, bus: 0x10, root_ports: [{type3: {id: card, volatile: 1TiB}}]}]
            windows: [{base: 0x10000000000, size: 1TiB, targets: [5]}]
            steps:
              - {poison: {device: card, dpa: 0, length: 512GiB}}
              - {write: {path: /sys/bus/cxl/devices/mem0/trigger_poison_list, value: 1}}
            """);

        session.Kernel.Refusals.All.Should().BeEmpty();
    }
}

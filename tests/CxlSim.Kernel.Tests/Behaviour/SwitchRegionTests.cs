using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Session;
using CxlSim.Views;

namespace CxlSim.Kernel.Tests;

/// <summary>Regions across several levels of ports, made by the writes of <c>cxl create-region</c> (recordings 02, 04 and 05).</summary>
public sealed class SwitchRegionTests
{
    /// <summary>One host bridge, one root port, a switch with four devices.</summary>
    private const string FourBehindOneSwitch = """
        host_bridges:
          - {uid: 12, bus: 0x0c, root_ports: [{switch: {ports: [{type3: {id: d0, volatile: 256MiB, serial: 1}},
             {type3: {id: d1, volatile: 256MiB, serial: 2}}, {type3: {id: d2, volatile: 256MiB, serial: 3}}, {type3: {id: d3, volatile: 256MiB, serial: 4}}]}}]}
        windows: [{base: 0x490000000, size: 4GiB, targets: [12], restrictions: 0xf}]
        """;

    /// <summary>Two host bridges with two root ports, each with a switch of two devices; ids are bridge, root port, switch port.</summary>
    private const string EightDevices = """
        host_bridges:
          - {uid: 12, bus: 0x0c, root_ports: [
             {switch: {ports: [{type3: {id: b0r0d0, volatile: 256MiB}}, {type3: {id: b0r0d1, volatile: 256MiB}}]}},
             {switch: {ports: [{type3: {id: b0r1d0, volatile: 256MiB}}, {type3: {id: b0r1d1, volatile: 256MiB}}]}}]}
          - {uid: 40, bus: 0x40, root_ports: [
             {switch: {ports: [{type3: {id: b1r0d0, volatile: 256MiB}}, {type3: {id: b1r0d1, volatile: 256MiB}}]}},
             {switch: {ports: [{type3: {id: b1r1d0, volatile: 256MiB}}, {type3: {id: b1r1d1, volatile: 256MiB}}]}}]}
        windows: [{base: 0x490000000, size: 4GiB, targets: [12, 40], restrictions: 0xf}]
        """;

    private const string InOrder = "[b0r0d0, b1r0d0, b0r1d0, b1r1d0, b0r0d1, b1r0d1, b0r1d1, b1r1d1]";
    private const string PortsSwapped = "[b0r1d1, b1r1d1, b0r0d1, b1r0d1, b0r1d0, b1r1d0, b0r0d0, b1r0d0]";
    private const string SwitchPortsBeforeRootPorts = "[b0r0d0, b1r0d0, b0r0d1, b1r0d1, b0r1d0, b1r1d0, b0r1d1, b1r1d1]";

    /// <summary>04-switch-4way/00-boot: access latency 150 ns and bandwidth 16 GiB/s from the upstream port to each of four ports.</summary>
    [Fact]
    public void SwitchPort_ShowsItsCdat()
    {
        MachineSession session = Given.Booted(With(FourBehindOneSwitch, "[d0, d1, d2, d3]", 256));
        CxlPort fabric = session.Memdev(1).Endpoint!.ParentPort!;

        Convert.ToHexStringLower(session.Read(Given.Devices + fabric.Name + "/CDAT").Bytes).Should().Be(
            "70000000025600000000000000000000"
            + "05003000000000001027000000000000" + "000100000f000000" + "000101000f000000" + "000102000f000000" + "000103000f000000"
            + "05003000030000000004000000000000" + "0001000010000000" + "0001010010000000" + "0001020010000000" + "0001030010000000");
        session.Read(Given.Devices + session.Bridge(12).Name + "/CDAT").Error.Should().Be(Errno.ENOENT);
    }

    [Theory]
    [InlineData(256)]
    [InlineData(512)]
    [InlineData(1024)]
    [InlineData(4096)]
    [InlineData(8192)]
    public void FourBehindOneSwitch_SpreadInTheSwitch(int granularity)
    {
        MachineSession session = Given.AfterSteps(With(FourBehindOneSwitch, "[d0, d1, d2, d3]", granularity));

        CxlPort bridge = session.Bridge(12);
        CxlPort fabric = session.Memdev(1).Endpoint!.ParentPort!;
        Level(bridge).Should().Be((1, granularity));
        Level(fabric).Should().Be((4, granularity), "a bridge of one way does not spread");
        Level(session.Memdev(1).Endpoint!).Should().Be((4, granularity));
        session.CheckPlacement().Should().HaveCount(3).And.OnlyContain(check => check.Found);
        Period(session, 4, granularity).Should().Equal("d0", "d1", "d2", "d3");
    }

    [Fact]
    public void MembersInAnotherOrder_PermuteTheMap()
    {
        MachineSession session = Given.AfterSteps(With(FourBehindOneSwitch, "[d2, d0, d3, d1]", 256));

        Period(session, 4, 256).Should().Equal("d2", "d0", "d3", "d1");
    }

    [Fact]
    public void FourWaysAt16KiB_AreMoreThanTheFirstDeviceCan()
    {
        (StepOutcome outcome, LogSink log) = Try(With(FourBehindOneSwitch, "[d0, d1, d2, d3]", 16384));

        outcome.Error.Should().Be(Errno.ENXIO);
        outcome.Result.Should().Contain("/target0 ");
        log.Lines.Should().ContainMatch("cxl region0: decoder*.0 iw: 4 ig: 16384 is not supported");
    }

    [Fact]
    public void ThreeWays_NeedAWindowOfThree()
    {
        (StepOutcome outcome, LogSink log) = Try(With(FourBehindOneSwitch, "[d0, d1, d2]", 256));

        outcome.Error.Should().Be(Errno.EINVAL);
        log.Lines.Should().Contain("cxl region0: invalid interleave: 3");
    }

    [Fact]
    public void EightWays_MultiplyTheGranularityLevelByLevel()
    {
        MachineSession session = Given.AfterSteps(With(EightDevices, InOrder, 256));

        CxlEndpointDecoder first = session.Region("region0").Targets[0]!;
        Level(session.Bridge(12)).Should().Be((2, 512));
        Level(session.Bridge(40)).Should().Be((2, 512));
        Level(first.Port.ParentPort!).Should().Be((2, 1024));
        (first.Ways, first.Granularity).Should().Be((8, 256));
        Period(session, 8, 256).Should().Equal(InOrder.Trim('[', ']').Split(", "));
    }

    [Fact]
    public void PortsSwappedAtEveryLevel_AreAccepted()
    {
        MachineSession session = Given.AfterSteps(With(EightDevices, PortsSwapped, 256));

        Period(session, 8, 256).Should().Equal(PortsSwapped.Trim('[', ']').Split(", "));
        session.CheckPlacement().Should().OnlyContain(check => check.Found);
    }

    [Fact]
    public void SwitchPortsBeforeRootPorts_AreFoundOutAtTheLastTarget()
    {
        (StepOutcome outcome, LogSink log) = Try(With(EightDevices, SwitchPortsBeforeRootPorts, 256));

        outcome.Error.Should().Be(Errno.ENXIO);
        outcome.Result.Should().Contain("/target7 ");
        log.Lines.Should().ContainMatch("cxl region0: pci0000:0c:port*: cannot host mem*:decoder*.0 at 2");
    }

    [Fact]
    public void TwoWayWindowAt16KiB_CannotBeUsed()
    {
        (StepOutcome outcome, LogSink log) = Try("""
            host_bridges:
              - {uid: 12, bus: 0x0c, root_ports: [{type3: {id: a, volatile: 512MiB}}]}
              - {uid: 40, bus: 0x40, root_ports: [{type3: {id: b, volatile: 512MiB}}]}
            windows: [{base: 0x490000000, size: 4GiB, targets: [12, 40], granularity: 16KiB, restrictions: 0xf}]
            steps: [{create-region: {decoder: decoder0.0, memdevs: [a, b]}}]
            """);

        outcome.Error.Should().Be(Errno.EINVAL);
        outcome.Result.Should().Contain("/target1 ");
        log.Lines.Should().Contain("cxl region0: root0: invalid granularity calculation (16384 * 2)");
    }

    [Theory]
    [InlineData("{}", "[a, b, c]", "512B", 3, 1, 512)]
    [InlineData("{type3: {id: SECOND, volatile: 256MiB}}", "[a, b, c, a2, b2, c2]", "256B", 6, 2, 256)]
    public void ThreeWayWindow_DoesNotMultiplyTheGranularity(string secondPort, string members, string granularity, int ways, int bridgeWays, int bridgeGranularity)
    {
        string Bridge(int uid, string id) =>
            $"{{uid: {uid}, bus: {uid}, root_ports: [{{type3: {{id: {id}, volatile: 256MiB}}}}, {secondPort.Replace("SECOND", id + "2", StringComparison.Ordinal)}]}}";
        MachineSession session = Given.AfterSteps($"""
            host_bridges: [{Bridge(16, "a")}, {Bridge(32, "b")}, {Bridge(48, "c")}]
            windows: [{'{'}base: 0x480000000, size: 6GiB, targets: [16, 32, 48], granularity: {granularity}{'}'}]
            steps: [{'{'}create-region: {'{'}decoder: decoder0.0, memdevs: {members}{'}'}{'}'}]
            """);

        Level(session.Bridge(16)).Should().Be((bridgeWays, bridgeGranularity));
        CxlEndpointDecoder first = session.Region("region0").Targets[0]!;
        (first.Ways, first.Granularity).Should().Be((ways, bridgeGranularity));
    }

    [Theory]
    [InlineData("[b, a]", Errno.ENXIO)]
    [InlineData("[a]", Errno.EINVAL)]
    [InlineData("[a, b]", Errno.Ok)]
    public void TwoWayWindow_WantsItsBridgesInItsOrder(string members, Errno expected)
    {
        (StepOutcome outcome, _) = Try($$$"""
            host_bridges:
              - {uid: 12, bus: 0x0c, root_ports: [{type3: {id: a, volatile: 512MiB}}]}
              - {uid: 40, bus: 0x40, root_ports: [{type3: {id: b, volatile: 512MiB}}]}
            windows: [{base: 0x490000000, size: 4GiB, targets: [12, 40], restrictions: 0xf}]
            steps: [{create-region: {decoder: decoder0.0, memdevs: {{{members}}}}}]
            """);

        outcome.Error.Should().Be(expected);
    }

    private static string With(string machine, string members, int granularity) =>
        $"{machine}\nsteps: [{{create-region: {{decoder: decoder0.0, memdevs: {members}, granularity: {granularity}}}}}]";

    private static (StepOutcome Outcome, LogSink Log) Try(string yaml)
    {
        MachineSession session = Given.Booted(yaml, out LogSink log);
        StepDescription step = session.Machine.Platform.Steps[0];
        return (new StepRunner(session).Run(step), log);
    }

    private static (int Ways, int Granularity) Level(CxlPort port) => (port.Decoders[0].Ways, port.Decoders[0].Granularity);

    private static IEnumerable<string> Period(MachineSession session, int ways, int granularity)
    {
        Hpa start = session.Region("region0").Resource!.Range.Start;
        return Enumerable.Range(0, ways).Select(i => session.Machine.Resolve(start + new ByteSize((ulong)(i * granularity)))!.Device);
    }
}

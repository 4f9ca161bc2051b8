using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>One decoder written to one place again and again (<c>cxl_port_attach_region</c>): the lines are those of recording 08, steps 102 and 103.</summary>
public sealed class MemberTwiceTests
{
    private const string Region = Given.Devices + "region0/";

    [Fact]
    public void ThePortAboveTheEndpoint_RefusesTheSecondTime_AndForgets()
    {
        MachineSession session = Booted(out LogSink log);
        Attach(session).Should().Be(Errno.Ok);

        Attach(session).Should().Be(Errno.EBUSY);

        string[] lines = [.. log.Lines.SkipWhile(line => !line.EndsWith("next: none nr_eps: 2 nr_targets: 2", StringComparison.Ordinal))];
        lines[0].Should().Be("cxl region0: mem0:endpoint2 decoder2.0 add: mem0:decoder2.0 @ 0 next: none nr_eps: 2 nr_targets: 2");
        lines[1].Should().Be("cxl region0: port1: failed to track endpoint mem0:decoder1.0 reference");
        session.Text(Region + "target0").Should().Be("decoder2.0");
        session.Text(Given.Devices + "decoder2.0/region").Should().Be("region0");
        session.Text(Given.Devices + "decoder1.0/region").Should().BeEmpty();
    }

    /// <summary>It is counted as another member, so the region of two seems to be complete.</summary>
    [Fact]
    public void TheThirdTime_TheRegionReadsAMemberThatIsNotThere()
    {
        MachineSession session = Booted(out LogSink log);
        Attach(session).Should().Be(Errno.Ok);
        Attach(session).Should().Be(Errno.EBUSY);

        Attach(session).Should().Be(Errno.EFAULT);

        session.Kernel.Refusals.All[^1].Rule.Should().Be(RefusalRules.MemberGone);
        log.Lines[^1].Should().StartWith("cxl region0: BUG: cxl_region_setup_targets reads the member at 1");
        session.Text(Region + "commit").Should().Be("0");
    }

    private static MachineSession Booted(out LogSink log)
    {
        MachineSession session = Given.Booted(
            """
            host_bridges: [{uid: 12, bus: 0x0c, last_bus: 0x0e, root_ports: [{type3: {volatile: 1GiB}}, {type3: {volatile: 1GiB}}]}]
            windows: [{base: 0x490000000, size: 4GiB, targets: [12], restrictions: 0xf}]
            """,
            out log);
        session.Write(Given.Devices + "decoder0.0/create_ram_region", "region0").Should().Be(Errno.Ok);
        session.Write(Region + "interleave_granularity", "256").Should().Be(Errno.Ok);
        session.Write(Region + "interleave_ways", "2").Should().Be(Errno.Ok);
        session.Write(Region + "size", "0x20000000").Should().Be(Errno.Ok);
        session.Write(Given.Devices + "decoder2.0/mode", "ram").Should().Be(Errno.Ok);
        session.Write(Given.Devices + "decoder2.0/dpa_size", "0x10000000").Should().Be(Errno.Ok);
        return session;
    }

    private static Errno Attach(MachineSession session) => session.Write(Region + "target0", "decoder2.0");
}

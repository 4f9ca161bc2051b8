using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>Several regions on one device: decoders are taken, committed and freed in order (<c>drivers/cxl/core/region.c</c>, <c>hdm.c</c>).</summary>
public sealed class RegionOrderTests
{
    private const string TwoRootPorts = "[{type3: {volatile: 1GiB}}, {}]";

    [Fact]
    public void LowerAddresses_DoNotComeAfterHigherOnes()
    {
        MachineSession session = Booted(TwoRootPorts, out LogSink log);
        Create(session, "region0");
        Create(session, "region1");
        Attach(session, "region1", "decoder2.0").Should().Be(Errno.Ok);
        Commit(session, "region1", "1").Should().Be(Errno.Ok);

        Attach(session, "region0", "decoder2.1").Should().Be(Errno.EBUSY);

        log.Lines.Should().ContainMatch("cxl region0: *: HPA order violation region1:* vs *");
    }

    [Fact]
    public void RegionsThatShareAPort_AreCommittedOneAfterTheOther()
    {
        MachineSession session = Booted(TwoRootPorts, out LogSink log);
        Create(session, "region0");
        Create(session, "region1");
        Attach(session, "region0", "decoder2.0").Should().Be(Errno.Ok);

        Attach(session, "region1", "decoder2.1").Should().Be(Errno.EBUSY, "decoder 0 of the bridge is reserved, but not committed");
        log.Lines.Should().Contain("cxl_port port1: next decoder to commit (decoder1.0) is already reserved (region0)");

        Commit(session, "region0", "1").Should().Be(Errno.Ok);
        Attach(session, "region1", "decoder2.1").Should().Be(Errno.Ok);
        Commit(session, "region1", "1").Should().Be(Errno.Ok);
        session.CheckPlacement().Should().HaveCount(6).And.OnlyContain(check => check.Found);
    }

    [Fact]
    public void LowerRegion_CannotBeCommittedAgainBelowAHigherOne()
    {
        MachineSession session = Booted(TwoRootPorts, out LogSink log);
        foreach ((string region, string decoder) in new[] { ("region0", "decoder2.0"), ("region1", "decoder2.1") })
        {
            Create(session, region);
            Attach(session, region, decoder).Should().Be(Errno.Ok);
            Commit(session, region, "1").Should().Be(Errno.Ok);
        }

        Commit(session, "region0", "0").Should().Be(Errno.Ok);
        log.Lines.Should().Contain("cxl_port endpoint2: decoder2.0: out of order reset, expected decoder2.1");
        Commit(session, "region0", "1").Should().Be(Errno.EBUSY);
        log.Lines.Should().Contain("cxl_port endpoint2: decoder2.0: out of order commit, expected decoder2.2");

        Commit(session, "region1", "0").Should().Be(Errno.Ok);
        log.Lines.Should().Contain("cxl_port endpoint2: reap: decoder2.0 commit_end: -1");
        Commit(session, "region0", "1").Should().Be(Errno.Ok);
    }

    [Fact]
    public void PassthroughBridge_CarriesOneRegion()
    {
        MachineSession session = Booted("[{type3: {volatile: 1GiB}}]", out LogSink log);
        session.Text(Given.Devices + "decoder1.0/interleave_granularity").Should().Be("4096", "nothing in hardware says otherwise");
        Create(session, "region0");
        Create(session, "region1");
        Attach(session, "region0", "decoder2.0").Should().Be(Errno.Ok);
        Commit(session, "region0", "1").Should().Be(Errno.Ok);

        Attach(session, "region1", "decoder2.1").Should().Be(Errno.EBUSY);

        log.Lines.Should().Contain("cxl_port port1: next decoder to commit (decoder1.0) is already reserved (region0)");
        log.Lines.Should().Contain("cxl region1: port1: no decoder available");
        session.Text(Given.Devices + "port1/decoders_committed").Should().Be("0");
    }

    private static MachineSession Booted(string rootPorts, out LogSink log) => Given.Booted(
        $$$"""
        host_bridges: [{uid: 12, bus: 0x0c, last_bus: 0x0e, root_ports: {{{rootPorts}}} }]
        windows: [{base: 0x490000000, size: 4GiB, targets: [12], restrictions: 0xf}]
        """,
        out log);

    private static void Create(MachineSession session, string region)
    {
        session.Write(Given.Devices + "decoder0.0/create_ram_region", region).Should().Be(Errno.Ok);
        session.Write($"{Given.Devices}{region}/interleave_granularity", "256").Should().Be(Errno.Ok);
        session.Write($"{Given.Devices}{region}/interleave_ways", "1").Should().Be(Errno.Ok);
        session.Write($"{Given.Devices}{region}/size", "0x10000000").Should().Be(Errno.Ok);
    }

    private static Errno Attach(MachineSession session, string region, string decoder)
    {
        session.Write($"{Given.Devices}{decoder}/mode", "ram").Should().Be(Errno.Ok);
        session.Write($"{Given.Devices}{decoder}/dpa_size", "0x10000000").Should().Be(Errno.Ok);
        return session.Write($"{Given.Devices}{region}/target0", decoder);
    }

    private static Errno Commit(MachineSession session, string region, string value) => session.Write($"{Given.Devices}{region}/commit", value);
}

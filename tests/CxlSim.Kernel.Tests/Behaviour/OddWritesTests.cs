using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>Writes that no tool makes, with what a real 6.12 made of them.</summary>
public sealed class OddWritesTests
{
    private const string Create = Given.Devices + "decoder0.0/create_ram_region";
    private const string Region = Given.Devices + "region0/";

    private const string TwoPorts = """
        host_bridges: [{uid: 12, bus: 12, root_ports: [{type3: {volatile: 256MiB}}, {type3: {volatile: 256MiB}}]}]
        windows: [{base: 0x490000000, size: 4GiB, targets: [12], restrictions: 0xf}]
        """;

    /// <summary>As <c>sscanf</c> reads <c>region%d</c>.</summary>
    [Theory]
    [InlineData("region0abc", Errno.Ok)]
    [InlineData("region 0", Errno.Ok)]
    [InlineData("region0\n", Errno.Ok)]
    [InlineData("region4294967296", Errno.Ok)]
    [InlineData("region99999999999", Errno.EBUSY)]
    [InlineData("region-1", Errno.EBUSY)]
    [InlineData("region7abc", Errno.EBUSY)]
    [InlineData("region 7", Errno.EBUSY)]
    [InlineData("region+0", Errno.EINVAL)]
    [InlineData("regionx", Errno.EINVAL)]
    [InlineData("region", Errno.EINVAL)]
    [InlineData(" region0", Errno.EINVAL)]
    public void NumberOfARegion_IsReadLoosely(string name, Errno expected)
    {
        MachineSession session = Given.Booted(TwoPorts);

        session.Write(Create, name).Should().Be(expected);
        session.Kernel.Cxl.Bus.Find("region0").Should().Match(found => (found != null) == (expected == Errno.Ok));
    }

    /// <summary>A decoder of a member that vanished with a way keeps the region's number.</summary>
    [Fact]
    public void NumberOfARegion_IsTaken_WhileADecoderHasIt()
    {
        MachineSession session = Given.Booted(TwoPorts);
        Join(session, 2, "decoder2.0", 1);
        Write(session, Region + "size", "0");
        Write(session, Region + "interleave_ways", "1");

        Write(session, Given.Devices + "decoder0.0/delete_region", "region0");

        session.Text(Create).Should().Be("region1");
        session.Text(Given.Devices + "decoder2.0/region").Should().Be("region0");
        session.Write(Given.Devices + "decoder2.0/dpa_size", "0").Should().Be(Errno.EBUSY);
        session.Write(Create, "region0").Should().Be(Errno.EBUSY);
        session.Write(Create, "region1").Should().Be(Errno.Ok);
    }

    /// <summary>Below a bridge that passes everything to one port it is one target too many before it is one that is there.</summary>
    [Fact]
    public void MemberThatIsThere_IsOneTooMany_BelowABridgeOfOnePort()
    {
        MachineSession session = Given.Booted("""
            host_bridges:
              - {uid: 12, bus: 12, root_ports: [{type3: {volatile: 256MiB}}]}
              - {uid: 222, bus: 222, root_ports: [{type3: {volatile: 256MiB}}]}
            windows: [{base: 0x490000000, size: 4GiB, targets: [12, 222], restrictions: 0xf}]
            """);
        LogSink log = new();
        session.Machine.Simulation.AddSink(log);
        Join(session, 2, "decoder3.0", 0);

        session.Write(Region + "target0", "decoder3.0").Should().Be(Errno.ENXIO);

        log.Lines.Should().Contain("cxl region0: pci0000:0c:port1 decoder1.0 add: mem0:decoder3.0 @ 0 overflows targets: 1");
    }

    /// <summary>A line more is no name either (<c>sysfs_streq</c>).</summary>
    [Fact]
    public void TwoNewlines_TakeAMemberOut()
    {
        MachineSession session = Given.AfterSteps(TwoPorts + "\nsteps: [{create-region: {decoder: decoder0.0, memdevs: [mem0]}}, {write: {path: /sys/bus/cxl/devices/region0/commit, value: 0}}]");

        session.Write(Region + "target0", "\n").Should().Be(Errno.Ok);

        session.Text(Region + "target0").Should().BeEmpty();
    }

    /// <summary>The port counts a decoder before it knows whether the hardware takes it, and nothing takes that back (<c>cxl_decoder_commit</c>).</summary>
    [Fact]
    public void CommitThatFails_IsCountedForGood()
    {
        MachineSession session = Given.Booted(TwoPorts + "\ntiming: {decoder_commit: 50ms}\n");
        Join(session, 1, "decoder2.0", 0);

        session.Write(Region + "commit", "1").Should().Be(Errno.ETIMEDOUT);
        session.Text(Given.Devices + "endpoint2/decoders_committed").Should().Be("1");
        session.Write(Region + "commit", "1").Should().Be(Errno.EBUSY);
        session.Write(Given.Devices + "mem0/security/sanitize", "1").Should().Be(Errno.EBUSY);
    }

    /// <summary>A region of so many ways, 256 MiB each, and one member.</summary>
    private static void Join(MachineSession session, int ways, string decoder, int position)
    {
        Write(session, Create, "region0");
        Write(session, Region + "interleave_ways", $"{ways}");
        Write(session, Region + "interleave_granularity", "256");
        Write(session, Region + "size", $"0x{ways * 0x1000_0000:x}");
        Write(session, Given.Devices + decoder + "/mode", "ram");
        Write(session, Given.Devices + decoder + "/dpa_size", "0x10000000");
        Write(session, Region + $"target{position}", decoder);
    }

    private static void Write(MachineSession session, string path, string value) => session.Write(path, value).Should().Be(Errno.Ok, path);
}

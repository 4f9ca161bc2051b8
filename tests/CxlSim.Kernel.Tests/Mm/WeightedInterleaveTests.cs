using CxlSim.Core;

namespace CxlSim.Kernel.Tests;

/// <summary>Weights of nodes, as fact sheet 10, 13.3 works them out for the documented configurations.</summary>
public sealed class WeightedInterleaveTests
{
    private const string Files = "/sys/kernel/mm/mempolicy/weighted_interleave/";

    [Theory]
    [InlineData("460800 51200 51200", "13 1 1")]
    [InlineData("460800 102400", "26 5")]
    [InlineData("460800 51200", "28 3")]
    [InlineData("460800 102400 51200 51200 25600 25600 25600 25600", "19 4 2 2 1 1 1 1")]
    [InlineData("460800 0", "32 1")]
    [InlineData("0 0", "1 1")]
    [InlineData("", "")]
    public void Weights_FollowBandwidth(string bandwidths, string expected) =>
        string.Join(' ', WeightedInterleave.Of([.. bandwidths.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(ulong.Parse)])).Should().Be(expected);

    [Theory]
    [InlineData("6.12", "1", Errno.Ok, "1")]
    [InlineData("6.16", "1", Errno.EINVAL, "7")]
    public void WithoutBandwidth_AllAreAlike(string version, string expected, Errno zero, string afterZero)
    {
        var session = Given.Booted($$"""
            kernel: {version: "{{version}}"}
            memory: {nodes: [{pxm: 0, size: 2GiB, cpus: 1}, {pxm: 1, size: 2GiB, cpus: 1}]}
            """);

        session.Text(Files + "node1").Should().Be(expected);
        session.Write(Files + "node1", "7").Should().Be(Errno.Ok);
        session.Text(Files + "node1").Should().Be("7");
        session.Write(Files + "node1", "256").Should().Be(Errno.EINVAL);
        session.Write(Files + "node1", "0").Should().Be(zero);
        session.Text(Files + "node1").Should().Be(afterZero);
    }

    // Fact sheet 30, T-40 and T-41: 200000 and 50000 MB/s are 25 and 6 of 32.
    [Fact]
    public void Auto_LastsUntilSomebodyWritesAWeight()
    {
        var session = Given.Booted(Bandwidths("6.18"));
        Weights().Should().Be("true 25 6");
        session.Write(Files + "node0", "4").Should().Be(Errno.Ok);
        Weights().Should().Be("false 4 6");
        session.Write(Files + "auto", "true").Should().Be(Errno.Ok);
        Weights().Should().Be("true 25 6");
        session.Write(Files + "auto", "0").Should().Be(Errno.Ok);
        Weights().Should().Be("false 25 6");
        session.Write(Files + "auto", "perhaps").Should().Be(Errno.EINVAL);

        string Weights() => string.Join(' ', session.Text(Files + "auto"), session.Text(Files + "node0"), session.Text(Files + "node1"));
    }

    [Fact]
    public void Auto_NeedsABandwidth()
    {
        var session = Given.Booted("kernel: {version: \"6.18\"}");
        session.Text(Files + "auto").Should().Be("true");
        session.Write(Files + "auto", "1").Should().Be(Errno.ENODEV);
        session.Write(Files + "node0", "").Should().Be(Errno.EINVAL);
    }

    [Fact]
    public void Auto_IsNewerThan612() => Given.Booted(Bandwidths("6.12")).Read(Files + "auto").Error.Should().Be(Errno.ENOENT);

    private static string Bandwidths(string version) => $$"""
        kernel: {version: "{{version}}"}
        memory:
          nodes: [{pxm: 0, size: 2GiB, cpus: 1}, {pxm: 1, size: 2GiB, cpus: 0}]
          hmat: [{initiator: 0, target: 0, latency: 100, bandwidth: 200000}, {initiator: 0, target: 1, latency: 250, bandwidth: 50000}]
        """;
}

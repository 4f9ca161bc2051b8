using CxlSim.Core;

namespace CxlSim.Kernel.Tests;

/// <summary>Weights of nodes, as fact sheet 10, 13.3 works them out for the documented configurations.</summary>
public sealed class WeightedInterleaveTests
{
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
    [InlineData("6.12", "1")]
    [InlineData("6.16", "1")]
    public void WithoutBandwidth_AllAreAlike(string version, string expected)
    {
        const string Files = "/sys/kernel/mm/mempolicy/weighted_interleave/";
        var session = Given.Booted($$"""
            kernel: {version: "{{version}}"}
            memory: {nodes: [{pxm: 0, size: 2GiB, cpus: 1}, {pxm: 1, size: 2GiB, cpus: 1}]}
            """);

        session.Text(Files + "node1").Should().Be(expected);
        session.Write(Files + "node1", "7").Should().Be(Errno.Ok);
        session.Text(Files + "node1").Should().Be("7");
        session.Write(Files + "node1", "256").Should().Be(Errno.EINVAL);
        session.Write(Files + "node1", "0").Should().Be(Errno.Ok);
        session.Text(Files + "node1").Should().Be(expected);
    }
}

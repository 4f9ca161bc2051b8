using CxlSim.Core;
using CxlSim.Session;

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
        session.Write(Files + "node1", "0x10").Should().Be(Errno.Ok);
        session.Text(Files + "node1").Should().Be("16");
        session.Write(Files + "node1", "07").Should().Be(Errno.Ok);
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

    /// <summary>As Linux 7.2 showed it, asked on a machine of these bandwidths: a file for each node with memory, and all weights anew with each region.</summary>
    [Fact]
    public void Weights_ComeWithMemory()
    {
        MachineSession session = Given.Booted("""
            kernel: {version: "7.2"}
            memory:
              nodes: [{pxm: 0, size: 1GiB, cpus: 1}, {pxm: 1, size: 1GiB, cpus: 1}, {pxm: 2, size: 1GiB, cpus: 0}]
              srat: [{cpu: 0, pxm: 0}, {cpu: 1, pxm: 1}, {memory: 0x0-0x9ffff, pxm: 0}, {memory: 0x100000-0x3fffffff, pxm: 0}, {memory: 0x40000000-0x7fffffff, pxm: 1},
                     {memory: 0x100000000-0x13fffffff, pxm: 2}, {generic_port: 12, pxm: 3}, {generic_port: 100, pxm: 4}]
              hmat: [{initiator: 0, target: 0, latency: 80, bandwidth: 40960}, {initiator: 0, target: 1, latency: 130, bandwidth: 20480}, {initiator: 0, target: 2, latency: 280, bandwidth: 9216},
                     {initiator: 1, target: 0, latency: 130, bandwidth: 20480}, {initiator: 1, target: 1, latency: 82, bandwidth: 40960}, {initiator: 1, target: 2, latency: 230, bandwidth: 11264},
                     {initiator: 0, target: 3, latency: 60, bandwidth: 30720}, {initiator: 1, target: 3, latency: 140, bandwidth: 12288},
                     {initiator: 0, target: 4, latency: 150, bandwidth: 14336}, {initiator: 1, target: 4, latency: 70, bandwidth: 28672}]
            host_bridges:
              - {uid: 12, bus: 0x0c, root_ports: [{type3: {id: a, volatile: 512MiB}}, {type3: {id: b, volatile: 512MiB}}]}
              - {uid: 100, bus: 0x64, root_ports: [{type3: {id: c, volatile: 1GiB}}]}
            windows: [{base: 0x490000000, size: 2GiB, targets: [12]}, {base: 0x510000000, size: 2GiB, targets: [100]}]
            steps: [{create-region: {decoder: decoder0.0, memdevs: [a, b]}}, {create-region: {decoder: decoder0.1, memdevs: [c], size: 512MiB}}]
            """);
        Weights().Should().Be("node0=14 node1=14 node2=3");

        new StepRunner(session).Run(session.Machine.Platform.Steps[0]).Error.Should().Be(Errno.Ok);
        Weights().Should().Be("node0=10 node1=10 node2=2 node3=7");

        new StepRunner(session).Run(session.Machine.Platform.Steps[1]).Error.Should().Be(Errno.Ok);
        Weights().Should().Be("node0=9 node1=9 node2=2 node3=7 node4=3");

        string Weights() => string.Join(' ', Enumerable.Range(0, 8).Select(node => $"node{node}").Where(node => session.Read(Files + node).Error == Errno.Ok)
            .Select(node => $"{node}={session.Text(Files + node)}"));
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

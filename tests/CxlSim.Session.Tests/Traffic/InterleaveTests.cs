using System.Text.RegularExpressions;
using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Machine;

namespace CxlSim.Session.Tests.Traffic;

/// <summary>Traffic goes where the committed decoders send it.</summary>
public class InterleaveTests
{
    /// <summary>Eight devices behind two host bridges have eight times the bandwidth of one: no wire is shared.</summary>
    [Fact]
    public void EightWays_HaveEightTimesTheBandwidth()
    {
        WorkloadReport one = Read(Ways(1), outstanding: 200);
        WorkloadReport eight = Read(Ways(8), outstanding: 1600);

        (eight.MegabytesPerSecond / one.MegabytesPerSecond).Should().BeApproximately(8, 0.16);
        one.Limit.Should().Be("link of card0, up");
        eight.Limit.Should().MatchRegex("^link of card[0-7], up$");
        eight.Resources.Count(resource => resource.Busy > 0.95).Should().Be(8);
    }

    /// <summary>All behind one switch, what leads to the switch is the limit.</summary>
    [Fact]
    public void EightWays_BehindOneSwitch_ShareItsLink()
    {
        WorkloadReport one = Read(Ways(1), outstanding: 200);
        WorkloadReport eight = Read(TrafficMachine.Of(Switched), outstanding: 1600);

        (eight.MegabytesPerSecond / one.MegabytesPerSecond).Should().BeApproximately(2, 0.1); // sixteen lanes above, eight below
        eight.Limit.Should().Be("link of switch at host bridge 0 port 0, up");
    }

    [Fact]
    public void SameSeed_GivesTheSame_AndAnotherDoesNot()
    {
        double[] first = Percentiles(Read(Ways(1), 100, seed: 5));

        Percentiles(Read(Ways(1), 100, seed: 5)).Should().Equal(first);
        Percentiles(Read(Ways(1), 100, seed: 6)).Should().NotEqual(first);
    }

    /// <summary>The parts of the mean are the mean.</summary>
    [Fact]
    public void Parts_AddUpToTheLatency()
    {
        WorkloadReport report = Read(TrafficMachine.Of(Switched), outstanding: 64);

        report.Parts.Sum(part => part.ShareNs).Should().BeApproximately(report.Reads.MeanNs, report.Reads.MeanNs / 200);
        report.Limit.Should().StartWith("the threads");
    }

    /// <summary>Nobody's cores are there, and so no way between sockets leads to it.</summary>
    [Fact]
    public void BridgeInADomainWithoutCores_IsNoOtherSocket()
    {
        const string machine = "memory: {dram: 4GiB, cpus: 4}\nhost_bridges: [{uid: 0, bus: 16, root_ports: [{type3: {volatile: 1GiB}}]}]\nwindows: [{targets: [0], size: 1GiB}]\nsteps: [{create-region: {decoder: decoder0.0}}]\n";

        double apart = Read(TrafficMachine.Of(machine.Replace("uid: 0,", "uid: 0, pxm: 3,", StringComparison.Ordinal)), outstanding: 1).Reads.MeanNs;

        apart.Should().Be(Read(TrafficMachine.Of(machine), outstanding: 1).Reads.MeanNs);
    }

    /// <summary>Down through the sockets' link first, and up through it last.</summary>
    [Fact]
    public void Parts_AreInTheOrderOfTheWay()
    {
        WorkloadReport report = Read(TrafficMachine.OfFile("platforms/expander-x16.yaml"), outstanding: 1, socket: 1);

        report.Parts[0].Where.Should().StartWith("socket link");
        report.Parts[^1].Where.Should().StartWith("socket link");
    }

    /// <summary>Reads count among the lines that a core keeps under way.</summary>
    [Fact]
    public void Core_KeepsNoMoreLinesThanItMay()
    {
        MlcRun usual = new(TrafficMachine.OfFile("platforms/expander-x16.yaml"), seed: 1);
        MlcRun narrow = new(TrafficMachine.Of(File.ReadAllText(RepositoryRoot.File("platforms/expander-x16.yaml")) + "timing: {host: {core: {lines: 2}}}\n"), seed: 1);

        (Bandwidth(usual) / Bandwidth(narrow)).Should().BeGreaterThan(5);

        static double Bandwidth(MlcRun run) => run.Bandwidth(run.Sockets[0], new TrafficTarget("node0", [AddressRange.Of(new Hpa(1UL << 32), ByteSize.GiB(1))], 0), threads: 1, TrafficMix.All[0]);
    }

    /// <summary>A sequential stream finds its rows open, a random one finds others.</summary>
    [Theory]
    [InlineData(1UL, "9[0-9]")]
    [InlineData(0UL, "[0-9]")]
    public void RowHits_FollowThePattern(ulong stride, string percent)
    {
        SimulatedMachine machine = TrafficMachine.OfFile("platforms/expander-x16.yaml");
        WorkloadReport report = WorkloadRun.Carry(machine, seed: 1, new WorkloadPlan
        {
            From = machine.NewFabric().Sockets[0],
            To = [TrafficTargets.Regions(machine.Kernel!)[0]],
            Kind = WorkloadKind.Closed,
            Threads = 1,
            Outstanding = 16,
            Pattern = new AccessPattern(stride),
        });

        report.Resources.Select(resource => resource.Name).Should().ContainMatch("busiest bank of expander, *").And.Contain(name => Regex.IsMatch(name, $"expander, {percent} % row hits$"));
    }

    private static double[] Percentiles(WorkloadReport report) => [report.Reads.MeanNs, report.Reads.PercentileNs(50), report.Reads.PercentileNs(99.9), report.Reads.Count];

    private static WorkloadReport Read(SimulatedMachine machine, int outstanding, ulong seed = 1, int socket = 0) => WorkloadRun.Carry(machine, seed, new WorkloadPlan
    {
        From = machine.NewFabric().Sockets[socket],
        To = [TrafficTargets.Regions(machine.Kernel!)[0]],
        Kind = WorkloadKind.Closed,
        Threads = 1,
        Outstanding = outstanding,
        Span = SimDuration.Microseconds(50),
    });

    private static SimulatedMachine Ways(int ways)
    {
        string bridges = string.Concat(Enumerable.Range(0, 2).Select(bridge =>
            $"  - {{uid: {bridge}, bus: {16 + (bridge * 16)}, hdm_decoders: 4, root_ports: [{string.Join(", ", Enumerable.Range(0, 4).Select(port => Card(port * 2 + bridge)))}]}}\n"));
        return TrafficMachine.Of($$"""
            name: ways
            memory: {dram: 4GiB, cpus: 8}
            firmware: {decoders: os}
            host_bridges:
            {{bridges}}
            windows:
              - {targets: {{(ways == 1 ? "[0]" : "[0, 1]")}}, size: 8GiB, granularity: 256}
            steps:
              - create-region: {decoder: decoder0.0, granularity: 256, memdevs: [{{string.Join(", ", Enumerable.Range(0, ways).Select(way => $"card{way}"))}}]}
            """);
    }

    private static string Card(int number) => $"{{type3: {{id: card{number}, volatile: 1GiB, path: {{profile: asic-ddr4-x8}}}}}}";

    private static string Switched => $$"""
        name: switched
        memory: {dram: 4GiB, cpus: 8}
        firmware: {decoders: os}
        host_bridges:
          - uid: 0
            bus: 16
            hdm_decoders: 4
            root_ports:
              - switch:
                  ports: [{{string.Join(", ", Enumerable.Range(0, 8).Select(Card))}}]
        windows:
          - {targets: [0], size: 8GiB, granularity: 256}
        steps:
          - create-region: {decoder: decoder0.0, granularity: 256, memdevs: [{{string.Join(", ", Enumerable.Range(0, 8).Select(way => $"card{way}"))}}]}
        """;
}

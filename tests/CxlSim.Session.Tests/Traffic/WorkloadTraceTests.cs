using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Machine;
using CxlSim.Timing;
using CxlSim.Views;

namespace CxlSim.Session.Tests.Traffic;

/// <summary>Tracks of a workload beside its figures, which are worked out without them.</summary>
public class WorkloadTraceTests
{
    private static readonly SimDuration Span = SimDuration.Microseconds(50);

    private static SimulatedMachine Machine => TrafficMachine.Of("""
        name: switched
        memory: {dram: 4GiB, cpus: 8}
        firmware: {decoders: os}
        host_bridges:
          - {uid: 0, bus: 16, hdm_decoders: 4, root_ports: [{switch: {ports: [{type3: {id: a, volatile: 1GiB}}, {type3: {id: b, volatile: 1GiB}}]}}]}
        windows:
          - {targets: [0], size: 8GiB, granularity: 256}
        steps:
          - create-region: {decoder: decoder0.0, granularity: 256, memdevs: [a, b]}
        """);

    [Fact]
    public void Figures_AreThoseOfARunThatNobodyWatches()
    {
        WorkloadReport watched = Carry(Machine, 64, out _);
        SimulatedMachine machine = Machine;
        WorkloadReport alone = WorkloadRun.Carry(machine, 1, Plan(machine, 64));

        watched.Reads.MeanNs.Should().Be(alone.Reads.MeanNs);
        watched.Writes.PercentileNs(99.9).Should().Be(alone.Writes.PercentileNs(99.9));
        watched.MegabytesPerSecond.Should().Be(alone.MegabytesPerSecond);
        watched.Resources.Should().Equal(alone.Resources);
    }

    /// <summary>What counters say step by step is on average what the report says of the whole.</summary>
    [Fact]
    public void Counters_AreThoseOfTheReport_StepByStep()
    {
        WorkloadReport report = Carry(Machine, 64, out IReadOnlyList<TrackProcess> tracks);
        IReadOnlyList<TrackCounter> links = tracks[0].Counters;
        string[] names = [.. new[] { "switch at host bridge 0 port 0", "a", "b", "mesh to DRAM of node0" }.SelectMany(link => new[] { $"{link}, down", $"{link}, up" })];

        links.Select(counter => counter.Name).Should().BeEquivalentTo(names.SelectMany(name => new[] { $"{name}: busy", $"{name}: waiting" }));
        foreach (string name in names)
        {
            double busy = report.Resources.FirstOrDefault(resource => resource.Name == $"link of {name}")?.Busy ?? 0;
            Mean(links.Single(counter => counter.Name == $"{name}: busy"), 0).Should().BeApproximately(100 * busy, 0.3, name);
        }

        IReadOnlyList<TrackCounter> memories = tracks[1].Counters;
        memories.Select(counter => counter.Name).Should().BeEquivalentTo("a: GB/s", "b: GB/s", "DRAM of node0: GB/s");
        memories.Sum(counter => Mean(counter, 0) + Mean(counter, 1)).Should().BeApproximately(report.MegabytesPerSecond / 1e3, report.MegabytesPerSecond / 1e5);
        links.SelectMany(counter => counter.Samples).Should().OnlyContain(sample => sample.Values[0] >= 0);
        links.Where(counter => counter.Series[0] == "%").SelectMany(counter => counter.Samples).Should().OnlyContain(sample => sample.Values[0] <= 100);
    }

    [Fact]
    public void Samples_ComeFourHundredTimes_AndUntilAllIsAnswered()
    {
        Carry(Machine, 64, out IReadOnlyList<TrackProcess> tracks);

        IReadOnlyList<TrackSample> samples = tracks[0].Counters[0].Samples;
        samples.Count.Should().BeInRange(401, 420);
        samples.Zip(samples.Skip(1), (from, to) => (to.Time - from.Time).Picoseconds).Should().OnlyContain(step => step == 125_000);
        tracks[0].Counters.Select(counter => counter.Samples[^1].Values[0]).Should().OnlyContain(last => last == 0);
    }

    /// <summary>Two cards answer faster than the link of their switch takes it: answers wait before it, never more than there are accesses.</summary>
    [Fact]
    public void MessagesThatWait_AreCounted()
    {
        Carry(Machine, 4000, out IReadOnlyList<TrackProcess> tracks, reads: 1);

        tracks[0].Counters.Single(counter => counter.Name == "switch at host bridge 0 port 0, up: waiting").Samples.Max(sample => sample.Values[0]).Should().BeInRange(100, 4000);
    }

    /// <summary>An access is its parts, one after the other, from the issue to the answer.</summary>
    [Fact]
    public void Accesses_AreMadeOfTheirParts()
    {
        Carry(Machine, 64, out IReadOnlyList<TrackProcess> tracks);
        TrackSlice[] accesses = [.. tracks[2].Threads.SelectMany(thread => thread.Slices)];

        accesses.Should().HaveCount(200);
        accesses.Select(access => access.Name).Distinct().Should().BeEquivalentTo("read", "write");
        foreach (TrackSlice access in accesses)
        {
            access.Parts.Select(part => part.Start).Append(access.End).Should().Equal(access.Parts.Select(part => part.End).Prepend(access.Start));
            access.Parts.Where(part => !part.Name.EndsWith("queue", StringComparison.Ordinal)).Select(part => $"{part.Name} {part.Details[0].Value}").Should().Equal(Way(access));
        }

        tracks[2].Threads.Should().HaveCountLessThanOrEqualTo(64);
        tracks[2].Threads.Should().OnlyContain(thread => thread.Slices.Zip(thread.Slices.Skip(1), (one, next) => one.End <= next.Start).All(isBefore => isBefore));
    }

    /// <summary>When the last of them is done, accesses go on as if nobody had looked.</summary>
    [Fact]
    public void AccessesThatAreSeen_LeaveNobodyBehind()
    {
        SimulatedMachine machine = Machine;
        List<MemoryFabric> fabrics = [];
        WorkloadTrace trace = new();
        WorkloadRun.Carry(machine, 1, Plan(machine, 64), run =>
        {
            fabrics.Add(run.Fabric);
            trace.Watch(run);
        });

        trace.Tracks[2].Threads.Should().NotBeEmpty();
        fabrics[0].Watch.Should().BeNull();
    }

    /// <summary>A chase of pointers: each read takes what the report says that reads take.</summary>
    [Fact]
    public void LengthOfAnAccess_IsItsLatency()
    {
        WorkloadReport report = Carry(Machine, 1, out IReadOnlyList<TrackProcess> tracks, reads: 1);

        TrackThread lane = tracks[2].Threads.Should().ContainSingle().Which;
        lane.Slices.Average(slice => (slice.End - slice.Start).Picoseconds / 1e3).Should().BeApproximately(report.Reads.MeanNs, report.Reads.MeanNs / 20);
        lane.Slices.Should().OnlyContain(slice => (slice.End - slice.Start).Picoseconds / 1e3 <= report.Reads.LongestNs + 1);
    }

    /// <summary>A trace that takes longer than it says: samples stay few, accesses of its first instant are seen, and the parts of their mean are the mean.</summary>
    [Fact]
    public void LongTrace_HasFewSamples_AndItsFirstAccesses()
    {
        SimulatedMachine machine = Machine;
        WorkloadTrace trace = new();
        Hpa start = TrafficTargets.Regions(machine.Kernel!)[0].Ranges[0].Start;
        WorkloadReport report = WorkloadRun.Carry(machine, 1, Plan(machine, 1) with { Kind = WorkloadKind.Trace, Trace = [new TraceEntry(0, start, 64 * 50_000, AccessKind.Read)] }, trace.Watch);

        report.Reads.Count.Should().Be(50_000);
        report.Parts.Sum(part => part.ShareNs).Should().BeApproximately(report.Reads.MeanNs, report.Reads.MeanNs / 200);
        TrackSlice[] accesses = [.. trace.Tracks[2].Threads.SelectMany(thread => thread.Slices)];
        accesses.Should().HaveCount(200).And.OnlyContain(access => access.Start == accesses[0].Start);
        IReadOnlyList<TrackSample> samples = trace.Tracks[0].Counters[0].Samples;
        samples.Count.Should().BeInRange(400, 800);
        samples.Zip(samples.Skip(1), (from, to) => (to.Time - from.Time).Picoseconds).Distinct().Should().ContainSingle();
        Math.Abs((samples[^1].Time - samples[0].Time).Picoseconds - report.Span.Picoseconds).Should().BeLessThan(1_000_000);
    }

    [Fact]
    public void SameSeed_GivesTheSameBytes()
    {
        Carry(Machine, 16, out IReadOnlyList<TrackProcess> first);
        Carry(Machine, 16, out IReadOnlyList<TrackProcess> second);

        TraceEventJson.Render(second).Should().Be(TraceEventJson.Render(first));
    }

    [Fact]
    public void WithoutAMeasurement_ThereIsNothing() => new WorkloadTrace().Tracks.Should().BeEmpty();

    private static string[] Way(TrackSlice access)
    {
        string card = access.Details.First(detail => detail.Name == "memory").Value;
        const string above = "switch at host bridge 0 port 0";
        string[] media = access.Parts.Any(part => part.Name == "media") ? [$"media {card}"] : []; // a write that is accepted at once takes none of their time
        return
        [
            $"down: wire {above}", $"down: flight {above}", $"down: wire {card}", $"down: flight {card}", .. media, $"controller {card}",
            $"up: wire {card}", $"up: flight {card}", $"up: wire {above}", $"up: flight {above}",
        ];
    }

    /// <summary>Over the measured span.</summary>
    private static double Mean(TrackCounter counter, int series)
    {
        IReadOnlyList<TrackSample> samples = counter.Samples;
        SimTime end = samples[0].Time + Span;
        return samples.Zip(samples.Skip(1)).Where(pair => pair.First.Time < end).Sum(pair => pair.First.Values[series] * (pair.Second.Time - pair.First.Time).Picoseconds) / Span.Picoseconds;
    }

    private static WorkloadReport Carry(SimulatedMachine machine, int outstanding, out IReadOnlyList<TrackProcess> tracks, double reads = 0.7)
    {
        WorkloadTrace trace = new();
        WorkloadReport report = WorkloadRun.Carry(machine, 1, Plan(machine, outstanding) with { Reads = reads }, trace.Watch);
        tracks = trace.Tracks;
        return report;
    }

    private static WorkloadPlan Plan(SimulatedMachine machine, int outstanding) => new()
    {
        From = machine.NewFabric().Sockets[0],
        To = [TrafficTargets.Regions(machine.Kernel!)[0]],
        Kind = WorkloadKind.Closed,
        Threads = 1,
        Outstanding = outstanding,
        Reads = 0.7,
        Span = Span,
    };
}

using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Timing.Tests.Fabric;

namespace CxlSim.Timing.Tests.Traffic;

public class TrafficSourceTests
{
    private static readonly SimDuration Never = SimDuration.Milliseconds(1000);

    private static OneMemory Machine => new(new FixedMedia(SimDuration.Nanoseconds(40), SimDuration.Zero), OneMemory.Narrow);

    [Fact]
    public void OpenArrivals_ComeAsOftenAsTheyShould()
    {
        OneMemory machine = Machine;
        SimRandom random = new(5);
        OpenArrivals arrivals = new(machine.Fabric, machine, random, new RandomStream(OneMemory.Pool, random), rate: 100e6, reads: 1, most: 4096);

        machine.Measure(arrivals, 1000);

        (arrivals.Meter.Accesses / 1000e-6).Should().BeApproximately(100e6, 1e6);
        arrivals.Meter.TurnedAway.Should().Be(0);
    }

    /// <summary>More come than go: the link stays full, the rest is turned away, and nothing is lost.</summary>
    [Fact]
    public void OpenArrivals_PastTheLimit_AreTurnedAway()
    {
        OneMemory machine = Machine;
        SimRandom random = new(5);
        OpenArrivals arrivals = new(machine.Fabric, machine, random, new RandomStream(OneMemory.Pool, random), rate: 1e9, reads: 1, most: 512);

        machine.Measure(arrivals);

        arrivals.Meter.TurnedAway.Should().BePositive();
        machine.Fabric.Issued.Should().Be(machine.Fabric.Done);
        (arrivals.Meter.Bytes / 100e-6).Should().BeApproximately(26.77e9, 0.3e9);
    }

    /// <summary>What was turned away before counting began does not count.</summary>
    [Fact]
    public void TurnedAway_IsClearedWithTheMeter()
    {
        OneMemory machine = Machine;
        SimRandom random = new(5);
        OpenArrivals arrivals = new(machine.Fabric, machine, random, new RandomStream(OneMemory.Pool, random), rate: 1e9, reads: 1, most: 512);
        machine.Simulation.RunWithin(SimDuration.Microseconds(10));
        arrivals.Meter.TurnedAway.Should().BePositive();

        arrivals.Meter.Clear();

        arrivals.Meter.TurnedAway.Should().Be(0);
    }

    [Fact]
    public void PacedThread_KeepsItsPaceAndItsLimit()
    {
        OneMemory machine = Machine;
        SimRandom random = new(5);
        ThreadPace pace = new(Burst: 8, SimDuration.Nanoseconds(1000), MostReads: 38, Never, CongestedReads: 38, MostWrites: 26);
        PacedThread thread = new(machine.Fabric, machine, random, pace, [new MixStep(AccessKind.Read, new StridedStream(OneMemory.Pool, 1, 0))]);

        machine.Measure(thread, 1000);

        (thread.Meter.Accesses / 8 / 1000.0).Should().BeApproximately(1, 0.05);
    }

    /// <summary>Without a pause as many lines as its limit, by Little's law.</summary>
    [Fact]
    public void PacedThread_WithoutPause_HasAsManyUnderWayAsItMay()
    {
        OneMemory machine = Machine;
        ThreadPace pace = new(Burst: 4, SimDuration.Zero, MostReads: 10, Never, CongestedReads: 10, MostWrites: 1);
        PacedThread thread = new(machine.Fabric, machine, new SimRandom(5), pace, [new MixStep(AccessKind.Read, new StridedStream(OneMemory.Pool, 1, 0))]);

        machine.Measure(thread);

        (thread.Meter.Reads.Count / 100_000.0 * thread.Meter.Reads.MeanNs).Should().BeApproximately(10, 0.05);
    }

    [Fact]
    public void Trace_IsDoneAsItSays_LineByLine()
    {
        OneMemory machine = Machine;
        TraceEntry[] entries = [new(0, new Hpa(0x1000), 64, AccessKind.Read), new(500_000, new Hpa(0x103f), 2, AccessKind.Write), new(500_000, new Hpa(0x2000), 256, AccessKind.Read)];
        TraceReplay replay = new(machine.Fabric, machine, entries);

        machine.Simulation.RunUntilIdle();

        replay.IsOver.Should().BeTrue();
        replay.Meter.Reads.Count.Should().Be(5);
        replay.Meter.Writes.Count.Should().Be(2); // across a border of lines
        machine.Simulation.Now.Picoseconds.Should().BeGreaterThan(500_000 + 100_000);
    }

    [Fact]
    public void StridedStream_GoesRound()
    {
        AddressPool pool = new([AddressRange.Of(Hpa.Zero, ByteSize.KiB(4))], []);
        StridedStream stream = new(pool, stride: 24, first: 0);

        Enumerable.Range(0, 4).Select(_ => stream.Next().Value / 64).Should().Equal(0UL, 24, 48, 8);
    }

    /// <summary>A line each 2.39 ns: 200 of them take 478 ns, 80 of them 191 ns, and one alone about 110 ns.</summary>
    [Theory]
    [InlineData(150, 80)]
    [InlineData(1000, 200)]
    public void PacedThread_HoldsBack_WhereReadsTakeLong(int congestedNs, int underWay)
    {
        OneMemory machine = Machine;
        ThreadPace pace = new(Burst: 4, SimDuration.Zero, MostReads: 200, SimDuration.Nanoseconds(congestedNs), CongestedReads: 80, MostWrites: 1);
        _ = new PacedThread(machine.Fabric, machine, new SimRandom(5), pace, [new MixStep(AccessKind.Read, new StridedStream(OneMemory.Pool, 1, 0))]);

        machine.Simulation.RunWithin(SimDuration.Microseconds(20));

        machine.Fabric.UnderWay.Should().Be(underWay);
    }

    [Fact]
    public void Route_TakesAtLeastItsPorts_ItsController_AndItsMedia()
    {
        OneMemory machine = new(new FixedMedia(SimDuration.Nanoseconds(40), SimDuration.Zero), OneMemory.Narrow with { Above = SimDuration.Nanoseconds(30), Below = SimDuration.Nanoseconds(7) });
        machine.TryFind(Hpa.Zero, out MemoryRoute route, out _);

        route.Quickest.Should().Be(SimDuration.Nanoseconds(30 + 7 + (2 * 25) + 16 + 40)); // the controller of OneMemory takes 16
    }

    [Fact]
    public void StoppedSource_IssuesNothing_AndCountsNothing()
    {
        OneMemory machine = Machine;
        ClosedLoop loop = machine.Loop(16, 1);
        machine.Measure(loop, 10);
        long count = loop.Meter.Accesses;

        machine.Simulation.RunUntilIdle().Should().BeTrue();

        loop.Meter.Accesses.Should().Be(count);
        machine.Fabric.UnderWay.Should().Be(0);
    }
}

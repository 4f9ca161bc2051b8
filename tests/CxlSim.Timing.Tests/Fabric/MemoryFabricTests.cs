using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Timing.Tests.Fabric;

public class MemoryFabricTests
{
    private static FixedMedia Media => new(SimDuration.Nanoseconds(40), SimDuration.Zero);

    /// <summary>Both ports twice, media, controller, and the time of the messages: a slot down, four and a half up.</summary>
    [Fact]
    public void IdleRead_TakesTheSumOfItsParts()
    {
        OneMemory machine = new(Media, OneMemory.Narrow);
        ClosedLoop loop = machine.Loop(1, 1);

        machine.Measure(loop);

        loop.Meter.Reads.MeanNs.Should().BeApproximately((2 * 25) + 40 + 16 + 0.532 + 2.391, 0.001);
    }

    /// <summary>A write goes with its line down, and a third of a slot comes back; nobody waits for cells.</summary>
    [Fact]
    public void IdleWrite_WaitsForItsAcceptance()
    {
        OneMemory machine = new(Media, OneMemory.Narrow);
        ClosedLoop loop = machine.Loop(1, 0);

        machine.Measure(loop);

        loop.Meter.Writes.MeanNs.Should().BeApproximately((2 * 25) + 16 + 2.657 + 0.178, 0.001);
    }

    /// <summary>A switch adds a second link and its own way, in both directions.</summary>
    [Fact]
    public void Switch_AddsItsHopsAndALink()
    {
        SimDuration hop = SimDuration.Nanoseconds(25);
        OneMemory machine = new(Media, OneMemory.Narrow with { Below = hop }, OneMemory.Narrow with { Above = hop, IsHost = false });
        ClosedLoop loop = machine.Loop(1, 1);

        machine.Measure(loop);

        loop.Meter.Reads.MeanNs.Should().BeApproximately((4 * 25) + (2 * 25) + 40 + 16 + (2 * (0.532 + 2.391)), 0.002);
    }

    /// <summary>Of the slower direction as much as fits: the ceilings of the formats, through a switch too.</summary>
    [Theory]
    [InlineData(1.0)]
    [InlineData(0.57)]
    [InlineData(0.0)]
    public void ManyLines_FillTheLink(double reads)
    {
        SimDuration hop = SimDuration.Nanoseconds(25);
        OneMemory machine = new(Media, OneMemory.Narrow with { Below = hop }, OneMemory.Narrow with { Above = hop, IsHost = false });
        ClosedLoop loop = machine.Loop(512, reads);
        double ceiling = new LinkRate(8, 32, FlitMode.Flit68).Ceiling(reads);

        machine.Measure(loop, 200);

        (loop.Meter.Bytes / 200e-6 / ceiling).Should().BeInRange(0.975, 1.002);
    }

    /// <summary>With room for four requests a new one leaves only when an answer was made and its credit is back: four lines in each 25 + 40 + 25 ns, and what the controller takes.</summary>
    [Fact]
    public void Credits_LimitWhatIsUnderWay()
    {
        OneMemory machine = new(Media, OneMemory.Narrow with { Credits = new ChannelCredits(4, 4, 4, 4) });
        ClosedLoop loop = machine.Loop(64, 1);

        machine.Measure(loop);

        double turn = 25 + 40 + 16 + 25 + 0.532;
        (loop.Meter.Reads.Count / 100_000.0).Should().BeApproximately(4 / turn, 0.0005);
        machine.Links[0].Down.CreditStalls.Should().BePositive();
    }

    /// <summary>A read whose credit is on its way back holds up other reads; a write has credits of its own.</summary>
    [Fact]
    public void Write_Passes_WhereOnlyReadsWaitForCredits()
    {
        OneMemory machine = new(Media, OneMemory.Narrow with { Latency = SimDuration.Microseconds(2), Credits = new ChannelCredits(1, 64, 64, 64) });
        ClosedLoop reads = machine.Loop(8, 1);
        ClosedLoop writes = machine.Loop(3, 0, pause: 700);

        machine.Simulation.RunWithin(SimDuration.Microseconds(500));

        machine.Links[0].Down.CreditStalls.Should().BeInRange(reads.Meter.Reads.Count / 2, reads.Meter.Reads.Count + 1);
        writes.Meter.Writes.Count.Should().BeGreaterThan(200);
        writes.Meter.Writes.LongestNs.Should().BeLessThan(4000 + 100);
    }

    /// <summary>Where answers may not go, their requests stay in the device, and it takes no more of them than it has room for; the others wait in the host.</summary>
    [Fact]
    public void Device_KeepsARequest_UntilItsAnswerGoes()
    {
        OneMemory machine = new(Media, OneMemory.Narrow with { Credits = new ChannelCredits(4, 4, 4, Drs: 1) });
        machine.Loop(64, 1);

        machine.Simulation.RunWithin(SimDuration.Microseconds(10));

        machine.Links[0].Up.Waiting.Should().BePositive().And.BeLessOrEqualTo(4);
        machine.Links[0].Down.Waiting.Should().BeGreaterOrEqualTo(64 - 6);
    }

    /// <summary>A device behind a switch that is slow fills the switch's buffers, and the host waits: nothing is lost, and all credits come home.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(64)]
    public void Overload_LosesNothing(int credits)
    {
        LinkParameters tight = OneMemory.Narrow with { Credits = new ChannelCredits(credits, credits, credits, credits), DownstreamBuffer = SimDuration.Zero, UpstreamBuffer = SimDuration.Zero };
        OneMemory machine = new(new DramMedia(DramTiming.Ddr4At3200, new DramGeometry(1, 1, ClosesRows: false, WriteBuffer: 8)), tight with { IsHost = true }, tight with { IsHost = false });
        ClosedLoop loop = machine.Loop(2000, 0.5);

        machine.Measure(loop);

        machine.Fabric.UnderWay.Should().Be(0);
        machine.Fabric.Issued.Should().Be(machine.Fabric.Done).And.BeGreaterThan(2000);
        machine.Links.Should().OnlyContain(link => link.Down.IsAtRest && link.Up.IsAtRest);
    }

    /// <summary>Reads pass writes that wait for the link in the host: a read waits for one line, not for all.</summary>
    [Fact]
    public void Host_ServesReadsAndWritesInTurn()
    {
        OneMemory machine = new(Media, OneMemory.Narrow with { DownstreamBuffer = SimDuration.Zero });
        ClosedLoop writes = machine.Loop(400, 0);
        ClosedLoop read = machine.Loop(1, 1);

        machine.Simulation.RunWithin(SimDuration.Microseconds(50));
        writes.Stop();
        read.Stop();
        machine.Simulation.RunUntilIdle();

        read.Meter.Reads.LongestNs.Should().BeLessThan(2 * 107.5);
        writes.Meter.Writes.PercentileNs(50).Should().BeGreaterThan(900);
    }

    /// <summary>Three reads and two writes at once, of which the first goes and the others wait: a host serves its channels in turn, a switch what came first.</summary>
    [Theory]
    [InlineData(true, "RWRWR")]
    [InlineData(false, "RRRWW")]
    public void WaitingMessages_GoInTurn_OrAsTheyCame(bool isHost, string order)
    {
        OneMemory machine = new(Media, OneMemory.Narrow with { IsHost = isHost, DownstreamBuffer = SimDuration.Zero });
        SentKinds sent = new();
        machine.Fabric.Watch = sent;
        machine.TryFind(Hpa.Zero, out MemoryRoute route, out Dpa address);
        machine.Simulation.Spawn("core", async () =>
        {
            Issue(AccessKind.Read, 3);
            await machine.Simulation.Delay(new SimDuration(100)); // the first request is on the wire for 532 ps
            Issue(AccessKind.Write, 2);
        });
        machine.Simulation.RunUntilIdle();

        sent.Order.Should().Be(order);

        void Issue(AccessKind kind, int times)
        {
            for (int i = 0; i < times; i++)
            {
                machine.Fabric.Issue(kind, route, address, sent);
            }
        }
    }

    /// <summary>A hundred lines that are handed to the wire at once take 266 ns of it; it was busy for no longer than it is now.</summary>
    [Fact]
    public void Wire_IsBusyWithWhatHasLeft()
    {
        OneMemory machine = new(Media, OneMemory.Narrow with { DownstreamBuffer = SimDuration.Microseconds(1) });
        machine.Loop(100, 0);
        machine.Simulation.RunWithin(SimDuration.Nanoseconds(50));

        LinkQueue down = machine.Links[0].Down;
        (down.Busy / 1e3).Should().BeApproximately(100 * 2.657, 0.1);
        down.BusyUntilNow.Should().BePositive().And.Be(machine.Simulation.Now.Picoseconds);
    }

    [Fact]
    public void SameSeed_GivesTheSame_ToThePicosecond()
    {
        LatencyHistogram[] runs = [.. Enumerable.Range(0, 2).Select(_ =>
        {
            OneMemory machine = new(new DramMedia(DramTiming.Ddr5At4800, new DramGeometry(4, 2, ClosesRows: false, WriteBuffer: 24)), OneMemory.Narrow);
            ClosedLoop loop = machine.Loop(100, 0.6);
            machine.Measure(loop);
            return loop.Meter.Reads;
        })];

        runs[1].Count.Should().Be(runs[0].Count);
        runs[1].MeanNs.Should().Be(runs[0].MeanNs);
        runs[1].PercentileNs(99.9).Should().Be(runs[0].PercentileNs(99.9));
    }

    [Fact]
    public void Traffic_TakesNoMemory()
    {
        OneMemory machine = new(Media, OneMemory.Narrow, OneMemory.Narrow with { IsHost = false });
        machine.Loop(256, 0.5);
        machine.Simulation.RunWithin(SimDuration.Microseconds(1000));
        long before = GC.GetAllocatedBytesForCurrentThread();

        machine.Simulation.RunWithin(SimDuration.Microseconds(200));

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1024);
    }
}

namespace CxlSim.Engine.Tests;

public class SimulationTests
{
    private readonly Simulation _simulation = new(1);
    private readonly RecordingHandler _handler = new();

    [Fact]
    public void Step_MovesTheClockToTheEvent_AndCountsIt()
    {
        _simulation.Schedule(SimDuration.Microseconds(5), EventPriority.Device, _handler, 77);

        _simulation.Step().Should().BeTrue();

        _simulation.Now.Should().Be(SimTime.Zero + SimDuration.Microseconds(5));
        _simulation.EventNumber.Should().Be(1);
        _handler.Arguments.Should().Equal(77);
        _simulation.Step().Should().BeFalse();
    }

    [Fact]
    public void Schedule_InThePast_IsRefused()
    {
        _simulation.Invoking(s => s.Schedule(new SimDuration(-1), EventPriority.Device, _handler)).Should().Throw<InvalidOperationException>();
        _simulation.PendingEvents.Should().BeEmpty();
    }

    [Fact]
    public void Schedule_PastTheEndOfTime_IsRefused()
    {
        _simulation.Schedule(new SimDuration(long.MaxValue), EventPriority.Device, _handler);
        _simulation.Step();

        _simulation.Invoking(s => s.Schedule(new SimDuration(1), EventPriority.Device, _handler)).Should().Throw<OverflowException>();
    }

    [Fact]
    public void RunUntilIdle_ReturnsAfterTheEventThatAsksToStop()
    {
        CallbackHandler stopper = new(_ => _simulation.StopRequested = true);
        _simulation.Schedule(SimDuration.Zero, EventPriority.Device, _handler, 1);
        _simulation.Schedule(SimDuration.Zero, EventPriority.Device, stopper);
        _simulation.Schedule(SimDuration.Zero, EventPriority.Device, _handler, 2);

        _simulation.RunUntilIdle().Should().BeFalse();
        _handler.Arguments.Should().Equal(1);

        _simulation.RunUntilIdle().Should().BeTrue();
        _handler.Arguments.Should().Equal(1, 2);
    }

    [Fact]
    public void Trace_ReachesEverySinkWithTimeAndEventNumber()
    {
        RecordingSink first = new();
        RecordingSink second = new();
        _simulation.AddSink(first);
        _simulation.AddSink(second);
        _simulation.Schedule(new SimDuration(9), EventPriority.Device, new CallbackHandler(_ => _simulation.Trace(new PhaseEntered("pci"))));

        _simulation.RunUntilIdle();

        first.Records.Should().Equal((new SimTime(9), 1, new PhaseEntered("pci")));
        second.Records.Should().Equal(first.Records);
    }

    [Fact]
    public void Random_IsAFunctionOfTheSeed()
    {
        ulong[] Draw(ulong seed) => [.. Enumerable.Repeat(new SimRandom(seed), 100).Select(r => r.NextUInt64())];

        Draw(5).Should().Equal(Draw(5));
        Draw(5).Should().NotEqual(Draw(6));
    }

    [Fact]
    public void Random_MatchesThePublishedSplitMix64()
    {
        SimRandom random = new(1234567);

        ulong[] drawn = [random.NextUInt64(), random.NextUInt64(), random.NextUInt64()];

        drawn.Should().Equal(6457827717110365317, 3203168211198807973, 9817491932198370423);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(ulong.MaxValue)]
    public void Random_StaysBelowItsBound(ulong bound)
    {
        for (int i = 0; i < 1000; i++)
        {
            _simulation.Random.Next(bound).Should().BeLessThan(bound);
        }
    }

    [Fact]
    public void RunWithin_LeavesWhatComesLater()
    {
        _simulation.Schedule(SimDuration.Seconds(1), EventPriority.Device, _handler, 1);
        _simulation.Schedule(SimDuration.Seconds(2), EventPriority.Device, _handler, 2);
        _simulation.HasPendingEvents.Should().BeTrue();

        _simulation.RunWithin(SimDuration.Seconds(1));

        _handler.Arguments.Should().Equal(1);
        _simulation.Now.Should().Be(SimTime.Zero + SimDuration.Seconds(1), "the clock stops at the last event, not at the limit");
        _simulation.RunWithin(SimDuration.Milliseconds(999));
        _handler.Arguments.Should().Equal(1);
        _simulation.RunWithin(SimDuration.Seconds(1));
        _handler.Arguments.Should().Equal(1, 2);
        _simulation.HasPendingEvents.Should().BeFalse();
    }

    [Fact]
    public void Settle_DoesNotHastenWhatNobodyWaitsFor()
    {
        List<string> done = [];
        _simulation.Spawn("sanitize", async () => await Later("sanitize", 100), isBackground: true);
        _simulation.Spawn("scrub", async () => await Later("scrub", 300), isBackground: true);
        _simulation.Settle(SimDuration.Seconds(1));
        done.Should().BeEmpty();
        _simulation.Now.Should().Be(SimTime.Zero);

        _simulation.Spawn("probe", async () => await Later("probe", 200));
        _simulation.Settle(SimDuration.Seconds(1));

        done.Should().Equal(["sanitize", "probe"], "what comes before the probe is not passed over");
        _simulation.RunUntilIdle();
        done.Should().Equal("sanitize", "probe", "scrub");

        async SimTask Later(string name, long milliseconds)
        {
            await _simulation.Delay(SimDuration.Milliseconds(milliseconds));
            done.Add(name);
        }
    }
}

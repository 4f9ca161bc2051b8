namespace CxlSim.Engine.Tests;

public class SimThreadTests
{
    private readonly Simulation _simulation = new(1);
    private readonly List<string> _log = [];

    [Fact]
    public void TwoThreads_InterleaveByTime_AndInTheOrderTheyWaitedAtOneInstant()
    {
        _simulation.Spawn("a", () => TickAsync("a", 2));
        _simulation.Spawn("b", () => TickAsync("b", 3));

        _simulation.RunUntilIdle();

        // At 6 both are due: b has waited since 3, a only since 4.
        _log.Should().Equal("a0", "b0", "a2", "b3", "a4", "b6", "a6", "b9");
    }

    [Fact]
    public void DelayOfNothing_LetsTheOthersOfTheInstantRunFirst()
    {
        _simulation.Spawn(
            "a",
            async () =>
            {
                _log.Add("a before");
                await _simulation.Delay(SimDuration.Zero);
                _log.Add("a after");
            });
        _simulation.Schedule(SimDuration.Zero, EventPriority.Device, new CallbackHandler(_ => _log.Add("device")));

        _simulation.RunUntilIdle();

        _log.Should().Equal("a before", "device", "a after");
        _simulation.Now.Should().Be(SimTime.Zero);
    }

    [Fact]
    public void CurrentThread_IsTheOneThatRuns()
    {
        SimThread? outerAfterSpawn = null;
        SimThread? inner = null;
        SimThread outer = _simulation.Spawn(
            "outer",
            async () =>
            {
                await _simulation.Delay(new SimDuration(1));
                inner = _simulation.Spawn("inner", async () => await _simulation.Delay(new SimDuration(1)));
                outerAfterSpawn = _simulation.CurrentThread;
            });

        _simulation.RunUntilIdle();

        outerAfterSpawn.Should().BeSameAs(outer);
        inner!.IsDone.Should().BeTrue();
        _simulation.CurrentThread.Should().BeNull();
    }

    [Fact]
    public void Thread_IsDone_WhenItsBodyHasReturned()
    {
        SimThread thread = _simulation.Spawn("a", () => TickAsync("a", 1));
        thread.IsDone.Should().BeFalse();

        _simulation.RunUntilIdle();

        thread.IsDone.Should().BeTrue();
    }

    [Fact]
    public void Wait_OutsideASimulatedThread_IsRefused()
    {
        FluentActions.Invoking(() => TickAsync("nobody", 1).GetAwaiter().GetResult()).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void ATaskLeftUnawaited_IsRefused_WhenItsThreadWaitsForSomethingElse()
    {
        async SimTask ForgetAsync()
        {
            SimTask forgotten = TickAsync("forgotten", 1);
            await _simulation.Delay(new SimDuration(1));
            await forgotten;
        }

        _simulation.Invoking(s => s.Spawn("a", ForgetAsync)).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void EndOtherThreads_LeavesTheCallerAndDevices_AndWhatIsSpawnedLater()
    {
        SimThread ended = _simulation.Spawn("ended", () => TickAsync("ended", 2));
        SimThread? later = null;
        SimThread survivor = _simulation.Spawn(
            "survivor",
            async () =>
            {
                await _simulation.Delay(new SimDuration(3));
                _simulation.EndOtherThreads();
                later = _simulation.Spawn("later", () => TickAsync("later", 5));
                await _simulation.Delay(new SimDuration(1));
                _log.Add("survivor");
            });
        _simulation.Schedule(new SimDuration(9), EventPriority.Device, new CallbackHandler(_ => _log.Add("device")));

        _simulation.RunUntilIdle();

        _log.Should().Equal("ended0", "ended2", "later3", "survivor", "later8", "device", "later13", "later18");
        (ended.IsDone, survivor.IsDone, later!.IsDone).Should().Be((false, true, true));
    }

    [Fact]
    public void EndOtherThreads_NeedsOneThatGoesOn() => _simulation.Invoking(s => s.EndOtherThreads()).Should().Throw<InvalidOperationException>();

    private async SimTask TickAsync(string name, long period)
    {
        for (int i = 0; i < 3; i++)
        {
            _log.Add(name + _simulation.Now.Picoseconds);
            await _simulation.Delay(new SimDuration(period));
        }

        _log.Add(name + _simulation.Now.Picoseconds);
    }
}

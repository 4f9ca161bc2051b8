namespace CxlSim.Engine.Tests.Waiting;

public class SimSignalTests
{
    private readonly Simulation _simulation = new(1);
    private readonly SimSignal _signal;
    private readonly List<string> _log = [];

    public SimSignalTests() => _signal = new SimSignal(_simulation);

    [Fact]
    public void Wait_EndsWhenTheSignalIsSet()
    {
        Spawn("a", null);
        Spawn("b", null);
        At(5, _signal.Set);

        _simulation.RunUntilIdle();

        _log.Should().Equal("a True 5", "b True 5");
    }

    [Fact]
    public void Wait_EndsAtOnce_WhenTheSignalIsSetAlready()
    {
        _signal.Set();
        Spawn("a", new SimDuration(3));

        _log.Should().Equal("a True 0");
        _simulation.PendingEvents.Should().BeEmpty();
    }

    [Fact]
    public void Wait_EndsWithFalse_WhenTheLimitPassesFirst()
    {
        Spawn("a", new SimDuration(3));
        At(5, _signal.Set);

        _simulation.RunUntilIdle();

        _log.Should().Equal("a False 3");
    }

    [Fact]
    public void Wait_EndsWithTrue_WhenTheSignalComesWithinTheLimit()
    {
        Spawn("a", new SimDuration(7));
        At(5, _signal.Set);

        _simulation.RunUntilIdle();

        _log.Should().Equal("a True 5");
    }

    [Fact]
    public void LateSet_DoesNotWakeALaterWait()
    {
        _simulation.Spawn(
            "a",
            async () =>
            {
                Log("first", await _signal.WaitAsync(new SimDuration(3)));
                await _simulation.Delay(new SimDuration(10));
                Log("second", _signal.IsSet);
            });
        At(5, _signal.Set);

        _simulation.RunUntilIdle();

        _log.Should().Equal("first False 3", "second True 13");
    }

    [Fact]
    public void OldLimit_DoesNotEndALaterWait()
    {
        _simulation.Spawn(
            "a",
            async () =>
            {
                Log("first", await _signal.WaitAsync(new SimDuration(9)));
                _signal.Reset();
                Log("second", await _signal.WaitAsync(new SimDuration(20)));
            });
        At(5, _signal.Set);

        _simulation.RunUntilIdle();

        _log.Should().Equal("first True 5", "second False 25");
    }

    [Fact]
    public void SetAndResetInOneEvent_StillEndTheWaitWithTrue()
    {
        Spawn("a", null);
        Spawn("b", new SimDuration(9));
        At(5, Pulse);

        _simulation.RunUntilIdle();

        _log.Should().Equal("a True 5", "b True 5");
    }

    [Fact]
    public void SetAndResetAtTheInstantOfTheLimit_CountAsSet()
    {
        Spawn("a", new SimDuration(5));
        At(5, Pulse);

        _simulation.RunUntilIdle();

        _log.Should().Equal("a True 5");
    }

    [Fact]
    public void TimedOutWaits_LeaveNothingBehind()
    {
        _simulation.Spawn(
            "poller",
            async () =>
            {
                for (int i = 0; i < 100; i++)
                {
                    await _signal.WaitAsync(new SimDuration(1));
                }
            });
        _simulation.RunUntilIdle();

        _signal.Set();

        _simulation.PendingEvents.Should().BeEmpty("nobody waits any more");
    }

    private void Pulse()
    {
        _signal.Set();
        _signal.Reset();
    }

    private void Spawn(string name, SimDuration? limit) => _simulation.Spawn(name, async () => Log(name, await _signal.WaitAsync(limit)));

    private void At(long time, Action action) => _simulation.Schedule(new SimDuration(time), EventPriority.Device, new CallbackHandler(_ => action()));

    private void Log(string name, bool set) => _log.Add($"{name} {set} {_simulation.Now.Picoseconds}");
}

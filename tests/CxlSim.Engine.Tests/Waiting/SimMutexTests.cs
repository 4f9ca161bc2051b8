namespace CxlSim.Engine.Tests.Waiting;

public class SimMutexTests
{
    private readonly Simulation _simulation = new(1);
    private readonly SimMutex _mutex;
    private readonly List<string> _log = [];

    public SimMutexTests() => _mutex = new SimMutex(_simulation);

    [Fact]
    public void Lock_IsGivenInTheOrderOfAsking()
    {
        foreach (string name in (string[])["a", "b", "c", "d"])
        {
            _simulation.Spawn(name, () => HoldAsync(name, new SimDuration(10)));
        }

        _simulation.RunUntilIdle();

        _log.Should().Equal("+a0", "-a10", "+b10", "-b20", "+c20", "-c30", "+d30", "-d40");
        _mutex.Owner.Should().BeNull();
    }

    [Fact]
    public void Lock_CannotBeOvertaken_BetweenReleaseAndWakeUp()
    {
        _simulation.Spawn("a", () => HoldAsync("a", new SimDuration(10)));
        _simulation.Spawn("b", () => HoldAsync("b", new SimDuration(10)));
        _simulation.Spawn(
            "late",
            async () =>
            {
                await _simulation.Delay(new SimDuration(10));
                await HoldAsync("late", new SimDuration(1));
            });

        _simulation.RunUntilIdle();

        _log.Should().Equal("+a0", "-a10", "+b10", "-b20", "+late20", "-late21");
    }

    [Fact]
    public void FreeLock_IsTakenWithoutWaiting()
    {
        SimThread thread = _simulation.Spawn("a", () => HoldAsync("a", new SimDuration(1)));

        _mutex.Owner.Should().BeSameAs(thread);
        _log.Should().Equal("+a0");
    }

    [Fact]
    public void Lock_IsReleased_WhenAnExceptionPasses()
    {
        _simulation.Spawn("a", ThrowAsync);

        _simulation.Invoking(s => s.RunUntilIdle()).Should().Throw<FormatException>();

        _mutex.Owner.Should().BeNull();
    }

    [Fact]
    public void Lock_TwiceByOneThread_IsRefused()
    {
        async SimTask LockTwiceAsync()
        {
            using (await _mutex.LockAsync())
            using (await _mutex.LockAsync())
            {
            }
        }

        _simulation.Invoking(s => s.Spawn("a", LockTwiceAsync)).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void Release_Twice_IsRefused()
    {
        async SimTask ReleaseTwiceAsync()
        {
            SimMutex.Holder holder = await _mutex.LockAsync();
            holder.Dispose();
            holder.Dispose();
        }

        _simulation.Invoking(s => s.Spawn("a", ReleaseTwiceAsync)).Should().Throw<InvalidOperationException>();
    }

    private async SimTask HoldAsync(string name, SimDuration duration)
    {
        using (await _mutex.LockAsync())
        {
            _log.Add($"+{name}{_simulation.Now.Picoseconds}");
            await _simulation.Delay(duration);
            _log.Add($"-{name}{_simulation.Now.Picoseconds}");
        }
    }

    private async SimTask ThrowAsync()
    {
        using (await _mutex.LockAsync())
        {
            await _simulation.Delay(new SimDuration(1));
            throw new FormatException();
        }
    }
}

namespace CxlSim.Engine.Tests.Tasks;

public class SimTaskTests
{
    private readonly Simulation _simulation = new(1);
    private readonly List<string> _log = [];

    [Fact]
    public void Await_ReturnsTheResultOfANestedTask()
    {
        int result = 0;
        _simulation.Spawn("caller", async () => result = await SumAsync(5));

        _simulation.RunUntilIdle();

        result.Should().Be(5 + 4 + 3 + 2 + 1);
        _simulation.Now.Should().Be(new SimTime(5));
    }

    [Fact]
    public void Await_DoesNotWait_WhenTheTaskIsDone()
    {
        SimThread thread = _simulation.Spawn(
            "caller",
            async () =>
            {
                await SimTask.CompletedTask;
                _log.Add(await Answer());
            });

        thread.IsDone.Should().BeTrue();
        _log.Should().Equal("at once");
        _simulation.PendingEvents.Should().BeEmpty();
    }

    [Fact]
    public void Exception_PropagatesOutOfTheLoop()
    {
        SimThread thread = _simulation.Spawn("caller", () => FailAsync(depth: 3));

        _simulation.Invoking(s => s.RunUntilIdle()).Should().Throw<FormatException>().WithMessage("deep");
        thread.IsDone.Should().BeTrue();
        _simulation.CurrentThread.Should().BeNull();
    }

    [Fact]
    public void Exception_BeforeTheFirstWait_PropagatesOutOfSpawn()
    {
        _simulation.Invoking(s => s.Spawn("caller", FailAtOnceAsync)).Should().Throw<FormatException>();
        _simulation.CurrentThread.Should().BeNull();
    }

    [Fact]
    public void Exception_CanBeCaughtByTheCaller()
    {
        _simulation.Spawn(
            "caller",
            async () =>
            {
                try
                {
                    await FailAsync(depth: 2);
                }
                catch (FormatException e)
                {
                    _log.Add(e.Message);
                }

                await _simulation.Delay(new SimDuration(1));
                _log.Add("goes on");
            });

        _simulation.RunUntilIdle().Should().BeTrue();

        _log.Should().Equal("deep", "goes on");
    }

    [Fact]
    public void Exception_OfATaskWithResult_ReachesTheCaller()
    {
        _simulation.Spawn("caller", async () => await FailWithResultAsync());

        _simulation.Invoking(s => s.RunUntilIdle()).Should().Throw<FormatException>().Which.StackTrace.Should().Contain(nameof(FailWithResultAsync));
    }

    [Fact]
    public void Task_RefusesASecondWaiter()
    {
        SimTask shared = null!;
        _simulation.Spawn("owner", async () => await (shared = SumAsync(2)));

        _simulation.Invoking(s => s.Spawn("other", async () => await shared)).Should().Throw<InvalidOperationException>();
    }

    private static SimTask<string> Answer() => "at once";

    private static async SimTask FailAtOnceAsync()
    {
        await SimTask.CompletedTask;
        throw new FormatException("early");
    }

    private async SimTask<int> SumAsync(int count)
    {
        if (count == 0)
        {
            return 0;
        }

        await _simulation.Delay(new SimDuration(1));
        return count + await SumAsync(count - 1);
    }

    private async SimTask FailAsync(int depth)
    {
        await _simulation.Delay(new SimDuration(1));
        if (depth == 0)
        {
            throw new FormatException("deep");
        }

        await FailAsync(depth - 1);
    }

    private async SimTask<int> FailWithResultAsync()
    {
        await _simulation.Delay(new SimDuration(1));
        throw new FormatException("no result");
    }
}

namespace CxlSim.Session.Tests;

/// <summary>What replicas save: counted in events, which tell more than time.</summary>
public class ReplicaTests
{
    private const string Steps = """

        steps:
          - create-region: {decoder: decoder0.0}
        """;

    private static DebugSession AtTheEnd(int from = 2)
    {
        DebugSession session = new(Given.Described(Given.OneCard + Steps)) { ReplicasFrom = from };
        session.Continue();
        return session;
    }

    [Fact]
    public void Prepare_DoesNothing_BeforeSomebodyGoesBack_AndInShortRuns()
    {
        using DebugSession session = AtTheEnd();
        session.Prepare().Should().BeFalse();
        session.Back();
        session.Prepare().Should().BeTrue();
        using DebugSession shortRun = AtTheEnd(from: 100_000);
        shortRun.Back();
        shortRun.Prepare().Should().BeFalse();
    }

    /// <summary>They stand 1, 8, 64 points behind.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9)]
    [InlineData(30)]
    public void Back_CostsLessThanEightTimesItsWay(int count)
    {
        using DebugSession session = AtTheEnd();
        session.Back();
        PrepareAll(session);

        CostOf(session, () => session.Back(count)).Should().BeLessThan(8 * count);
    }

    /// <summary>Nobody pauses: each takes the next replica, and when none is left it is a run from power-on.</summary>
    [Fact]
    public void BackAgainAndAgain_UsesThemUp()
    {
        using DebugSession session = AtTheEnd();
        session.Back();
        PrepareAll(session);
        long end = session.Position.Event;

        long[] costs = [.. Enumerable.Range(0, 4).Select(_ => CostOf(session, () => session.Back()))];

        costs[0].Should().Be(0, "one stands there");
        costs[1].Should().Be(6, "from 8 behind the place where it began to 2 behind");
        costs[2].Should().Be(61);
        costs[3].Should().BeInRange(end - 10, end + 10);
        session.Position.Event.Should().Be(end - 4);
    }

    /// <summary>Who goes on a little keeps them: they catch up.</summary>
    [Fact]
    public void ForwardAndBack_NeedsNoNewMachine()
    {
        using DebugSession session = AtTheEnd();
        session.Back(20);
        PrepareAll(session);
        session.Step(3);

        CostOf(session, () => PrepareAll(session)).Should().Be(3 * 3);
        CostOf(session, () => session.Back()).Should().Be(0);
    }

    [Fact]
    public void WithoutReplicas_BackIsOneRunFromPowerOn()
    {
        using DebugSession session = AtTheEnd();
        long all = session.Driven;

        CostOf(session, () => session.Back()).Should().Be(all - 1);
        CostOf(session, () => session.ReverseContinue()).Should().Be(1, "no breakpoint was met, and power-on is one point");
    }

    /// <summary>Inside a step of the file one event is one event.</summary>
    [Fact]
    public void Forward_InsideAStep_RunsNothingAnew()
    {
        using DebugSession session = AtTheEnd();
        session.BackPhase();
        session.Step(4);
        session.Steps.Should().BeEmpty("the region is in the making");

        CostOf(session, () => session.Step(2)).Should().Be(2);
    }

    /// <summary>A breakpoint counts from power-on: whoever did not look for it is of no use.</summary>
    [Fact]
    public void NewBreakpoint_IsCountedByAll()
    {
        using DebugSession session = AtTheEnd();
        session.Back();
        PrepareAll(session);
        session.Break("MemoryOnline", out _);
        long count = session.CountOf(session.Breakpoints[0]);
        PrepareAll(session);

        session.Back(70);
        session.Continue();

        count.Should().Be(8);
        session.CountOf(session.Breakpoints[0]).Should().BeGreaterThan(0);
        session.Delete(1);
        session.Back();
        session.Hits.Should().BeEmpty();
    }

    private static void PrepareAll(DebugSession session)
    {
        while (session.Prepare())
        {
        }
    }

    private static long CostOf(DebugSession session, Action movement)
    {
        long before = session.Driven;
        movement();
        return session.Driven - before;
    }
}

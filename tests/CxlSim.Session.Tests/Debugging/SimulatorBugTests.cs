using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Session.Tests;

/// <summary>A bug of the simulator that comes out of a run: the debugger stands there, and goes back.</summary>
public class SimulatorBugTests
{
    private const string Broken = Given.OneCard + """

        steps:
          - create-region: {decoder: decoder0.0}
          - store: {hpa: 0x1000000000, value: 0x55}
        """;

    [Theory]
    [InlineData("DriverProbe", "a boot")]
    [InlineData("Running", "the middle of a step")]
    public void Bug_IsAStop_AndTheWayBackIsOpen(string begin, string where)
    {
        using DebugSession session = new(Given.Described(Broken));
        session.RunUntil(begin);
        session.Machine.Simulation.AddSink(new BrokenRule(record => record is ObjectCreated));

        session.Continue().Reason.Should().Be(DebugStopReason.Bug, where);

        session.Bug.Should().BeOfType<SimulatorBugException>();
        session.Latest.Should().Contain(record => record.Record is ObjectCreated, "that is the event that broke");
        DebugPosition there = session.Position;
        session.Step().Reason.Should().Be(DebugStopReason.Bug, "it goes no further");
        session.Position.Should().Be(there);
        session.Back();
        (session.Bug, session.Position.Event).Should().Be((null, there.Event - 1));
        session.Continue().Reason.Should().Be(DebugStopReason.End, "the machine that is run anew has no broken rule");
    }

    [Fact]
    public void Bug_InARecording_IsAStop()
    {
        using DebugSession session = new(RecordedWalk.Of(1));
        session.RunUntil("Running");
        session.Machine.Simulation.AddSink(new BrokenRule(record => record is AttributeWritten { Value: "offline" }));

        session.Continue().Reason.Should().Be(DebugStopReason.Bug);

        session.Bug!.Message.Should().Be("expected a rule that holds");
        session.Back(2).Reason.Should().Be(DebugStopReason.Arrived);
        session.Continue().Reason.Should().Be(DebugStopReason.End);
        session.Difference.Should().BeNull();
    }

    /// <summary>A recording that a bug left ends at the event that broke.</summary>
    [Fact]
    public void RecordingThatABugLeft_GoesToItsEvent()
    {
        RecordedSession recorded = new(Given.OneCard, 0, "create-region: {decoder: decoder0.0}");
        recorded.Session.Machine.Simulation.AddSink(new BrokenRule(record => record is MilestoneReached { Milestone: "KmemProbe" }));
        FluentActions.Invoking(() => recorded.Step(1)).Should().Throw<SimulatorBugException>();
        long broken = recorded.Session.Machine.Simulation.EventNumber;
        using DebugSession session = new(RecordingReader.ReadText(recorded.End(), "r.jsonl").Recording!);

        session.RunUntil(broken).Reason.Should().Be(DebugStopReason.Arrived);

        session.Latest.Should().Contain(record => record.Record is MilestoneReached);
        session.Steps.Should().BeEmpty("it broke in the middle");
    }

    /// <summary>The thread of a step that nobody goes on with ends.</summary>
    [Fact]
    public void Step_LeftInTheMiddle_IsGivenUp()
    {
        DebugSession session = new(Given.Described(Broken));
        session.RunUntil("Running");
        session.Step(4);
        session.Steps.Should().BeEmpty();
        session.Dispose();

        session.Steps.Should().BeEmpty();
        session.Invoking(given => given.Dispose()).Should().NotThrow();
    }
}

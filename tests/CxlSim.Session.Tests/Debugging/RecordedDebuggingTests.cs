using CxlSim.Core;
using CxlSim.Machine;
using CxlSim.Views;

namespace CxlSim.Session.Tests;

/// <summary>Going through what was recorded, forward and back.</summary>
public class RecordedDebuggingTests
{
    private const string Region = "create-region: {decoder: decoder0.0}";
    private const string Policy = "/sys/devices/system/memory/auto_online_blocks";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Continue_IsTheRecordedRun_WithTheSameTrace(ulong seed)
    {
        Recording recording = RecordedWalk.Of(seed);
        using DebugSession session = new(recording);

        session.Continue().Reason.Should().Be(DebugStopReason.End);

        session.Difference.Should().BeNull();
        session.Position.Event.Should().Be(recording.End!.Events);
        session.Machine.Simulation.Now.Picoseconds.Should().Be(recording.End.Time);
        session.TraceHash[..16].Should().Be(recording.End.Trace);
        session.Steps.Should().HaveCount(2).And.OnlyContain(step => step.IsAsExpected);
    }

    [Fact]
    public void EachRequest_IsDoneAtItsEvent()
    {
        Recording recording = RecordedWalk.Of(1);
        using DebugSession session = new(recording);
        session.RunUntil("Running");
        List<long> events = [];
        while (session.StepFile().Reason == DebugStopReason.Arrived)
        {
            events.Add(session.Position.Event);
        }

        events.Should().HaveSameCount(recording.Requests);
        foreach ((RecordedRequest request, RecordedRequest next, long end) in recording.Requests.Zip(recording.Requests.Skip(1), events))
        {
            (request is RecordedPlacement or RecordedStep ? request.Event : request.Event + 1).Should().BeLessThanOrEqualTo(end);
            end.Should().BeLessThanOrEqualTo(next.Event + 1);
        }
    }

    [Fact]
    public void Breakpoints_StopInIt_AndBack()
    {
        using DebugSession session = new(RecordedWalk.Of(2));
        session.Break("memory512 if errno == Ok", out string error).Should().NotBeNull(error);
        session.Break("written", out error).Should().NotBeNull(error);
        session.Continue();
        session.Continue();
        session.RunUntil("Running");
        DebugStop first = session.Continue();
        DebugPosition there = session.Position;
        session.Step(3);

        session.ReverseContinue();

        first.Reason.Should().Be(DebugStopReason.Breakpoint);
        session.Position.Should().BeGreaterThanOrEqualTo(there);
        session.Hits.Should().NotBeEmpty();
    }

    /// <summary>What is set makes another run of it: requests come all the same, and somebody says so.</summary>
    [Fact]
    public void Set_IsADifference_AndTheRequestsFollow()
    {
        using DebugSession session = new(RecordedWalk.Of(3));
        session.RunUntil("Running");
        long here = session.Position.Event;
        session.Set(Policy, "offline", out Errno? answer);

        session.Continue().Reason.Should().Be(DebugStopReason.End);

        answer.Should().Be(Errno.Ok);
        session.Difference.Should().Be($"from event {here} on, where {Policy} was set");
        session.Steps.Should().HaveCount(2);
        session.Session.Kernel.Memory.Blocks.Single(block => block.Name == "memory513").State.Should().Be(Kernel.MemoryBlockState.Offline);
        session.RunUntil("Running");
        session.BackPhase();
        session.Difference.Should().BeNull("it is not set yet");
    }

    [Fact]
    public void AnotherRun_IsSaid()
    {
        RecordedSession recorded = new(Given.OneCard, 0, Region);
        recorded.Step(1);
        recorded.Session.Read(Policy);
        string text = recorded.End().Replace("volatile: 1GiB", "volatile: 2GiB", StringComparison.Ordinal);
        using DebugSession session = new(RecordingReader.ReadText(text, "r.jsonl").Recording!);

        session.Continue();

        session.Difference.Should().StartWith("between events 0 and ");
        session.Steps.Should().ContainSingle();
    }

    /// <summary>A run that stopped at a milestone in the middle of a step.</summary>
    [Theory]
    [InlineData("AcpiScan")]
    [InlineData("KmemProbe")]
    public void StoppedRun_EndsWhereItStopped(string until)
    {
        StringWriter writer = new();
        PlatformInput input = new("p.yaml") { MoreSteps = [Region] };
        Platform.PlatformReadResult read = input.ReadText(Given.OneCard);
        MachineSession run = new(new SimulatedMachine(read.Platform!));
        Recorder recorder = run.Record(writer, input.Header(0) with { Until = until }, read);
        run.Machine.Simulation.AddSink(new StopAt(run.Machine, until));
        if (run.Boot())
        {
            new StepRunner(run).Run(read.Platform!.Steps[0]);
        }

        recorder.End();
        using DebugSession session = new(RecordingReader.ReadText(writer.ToString(), "r.jsonl").Recording!);

        session.Continue().Reason.Should().Be(DebugStopReason.End);

        session.Difference.Should().BeNull();
        session.Position.Event.Should().Be(run.Machine.Simulation.EventNumber);
        MachineDump.Render(session.Machine).Should().Be(MachineDump.Render(run.Machine));
    }

    [Fact]
    public void AnotherKernel_IsGoneThroughToo()
    {
        RecordedSession recorded = new(Given.WithDecoders(Given.OneCard), 0, Region);
        recorded.Step(1);
        recorded.Session.Kexec("memhp_default_state=offline").Should().Be(Errno.Ok);
        using DebugSession session = new(RecordingReader.ReadText(recorded.End(), "r.jsonl").Recording!);

        session.Continue().Reason.Should().Be(DebugStopReason.End);
        (session.Difference, session.Machine.Phase).Should().Be((null, Phase.Running));
        session.Back(30);
        session.Machine.Phase.Should().NotBe(Phase.Running);
        session.Continue();
        MachineDump.Render(session.Machine).Should().Be(MachineDump.Render(recorded.Session.Machine));
    }

    [Fact]
    public void CutOff_GoesToWhereNothingIsLeft()
    {
        RecordedSession recorded = new(Given.OneCard, 0, Region);
        recorded.Step(1);
        recorded.Session.Read(Policy);
        string dump = MachineDump.Render(recorded.Session.Machine);
        using DebugSession session = new(RecordingReader.ReadText(recorded.Text, "r.jsonl").Recording!);

        session.Continue().Reason.Should().Be(DebugStopReason.End);

        MachineDump.Render(session.Machine).Should().Be(dump);
    }
}

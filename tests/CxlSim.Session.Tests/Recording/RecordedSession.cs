using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Views;

namespace CxlSim.Session.Tests;

/// <summary>A session that is recorded from its beginning, and the replay of what was recorded.</summary>
internal sealed class RecordedSession
{
    private readonly StringWriter _writer = new();
    private readonly TraceLines _trace = new();

    public RecordedSession(string platform, ulong seed = 0, params string[] steps)
    {
        PlatformInput input = new("p.yaml") { MoreSteps = steps };
        PlatformReadResult read = input.ReadText(platform);
        Session = new MachineSession(new SimulatedMachine(read.Platform!, seed));
        Session.Machine.Simulation.AddSink(_trace);
        Session.Record(_writer, input.Header(seed), read);
        Session.Boot().Should().BeTrue();
    }

    public MachineSession Session { get; }

    public string Trace => _trace.Text;

    /// <summary>What was recorded so far.</summary>
    public string Text => _writer.ToString();

    /// <summary>Ends the recording.</summary>
    public string End()
    {
        Session.Recorder!.End();
        return Text;
    }

    public static (ReplayResult Result, string Trace) Replay(string text)
    {
        RecordingReadResult read = RecordingReader.ReadText(text, "r.jsonl");
        read.Diagnostics.Where(diagnostic => diagnostic.Id != "CXR0004").Should().BeEmpty();
        MachineSession session = new(new SimulatedMachine(read.Recording!.Platform, read.Recording.Header.Seed));
        TraceLines trace = new();
        TraceHash hash = new();
        session.Machine.Simulation.AddSink(trace);
        session.Machine.Simulation.AddSink(hash);
        return (new RecordingPlayer(session, read.Recording, hash).Play(), trace.Text);
    }

    /// <summary>Ends the recording, and demands that its replay is the same, byte for byte.</summary>
    public ReplayResult ShouldReplay()
    {
        (ReplayResult result, string trace) = Replay(End());
        result.Difference.Should().BeNull();
        trace.Should().Be(Trace);
        result.Events.Should().Be(Session.Machine.Simulation.EventNumber);
        return result;
    }

    public StepOutcome Step(int number) => new StepRunner(Session).Run(Session.Machine.Platform.Steps[number - 1]);
}

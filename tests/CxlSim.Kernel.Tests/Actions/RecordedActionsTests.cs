using System.Text;
using CxlSim.Engine;
using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Session;
using CxlSim.Views;

namespace CxlSim.Kernel.Tests;

/// <summary>Random topologies and random things done to them, recorded and done again: the same trace, byte for byte.</summary>
public sealed class RecordedActionsTests
{
    private const int Machines = 40;
    private const int Actions = 20;

    private const string Steps = """

        steps:
          - create-region: {decoder: decoder0.0}
          - create-region: {decoder: decoder0.1}
          - create-region: {decoder: decoder0.2}
        """;

    [Fact]
    public void Replayed_TheTraceIsTheSame()
    {
        for (ulong seed = 1; seed <= Machines; seed++)
        {
            SimRandom random = new(seed);
            string yaml = RandomMachine.Yaml(random) + Steps;
            StringWriter recording = new();
            TraceLines trace = new();
            ActionRun run = new(yaml, seed, session =>
            {
                session.Machine.Simulation.AddSink(trace);
                session.Record(recording, new PlatformInput("p.yaml").Header(seed), PlatformReader.ReadText(yaml, "p.yaml"));
            });
            for (int i = 0; i < Actions; i++)
            {
                Act(run, new RandomAction((RandomVerb)random.Next((ulong)RandomVerb.TakeAllDown + 1), random.NextUInt64(), random.NextUInt64(), random.NextUInt64()));
            }

            run.Session.Recorder!.End();
            ReplayResult result = Replay(recording.ToString(), out string replayed);
            result.Difference.Should().BeNull("seed {0}", seed);
            replayed.Should().Be(trace.Text.ToString(), "seed {0}", seed);
        }
    }

    /// <summary>What the tool draws by lot is drawn from the machine's own chance, so it is the step that is recorded.</summary>
    private static void Act(ActionRun run, RandomAction action)
    {
        if (action.Verb == RandomVerb.MakeWholeRegion)
        {
            new StepRunner(run.Session).Run(run.Session.Machine.Platform.Steps[(int)(action.First % 3)]);
        }
        else
        {
            run.Do(action);
        }
    }

    private static ReplayResult Replay(string text, out string trace)
    {
        Recording recording = RecordingReader.ReadText(text, "r").Recording!;
        MachineSession session = new(new SimulatedMachine(recording.Platform, recording.Header.Seed));
        TraceLines lines = new();
        TraceHash hash = new();
        session.Machine.Simulation.AddSink(lines);
        session.Machine.Simulation.AddSink(hash);
        ReplayResult result = new RecordingPlayer(session, recording, hash).Play();
        trace = lines.Text.ToString();
        return result;
    }

    private sealed class TraceLines : ITraceSink
    {
        public StringBuilder Text { get; } = new();

        public void Record(SimTime time, long eventNumber, TraceRecord record) => Text.Append(TraceText.Line(time, eventNumber, record)).Append('\n');
    }
}

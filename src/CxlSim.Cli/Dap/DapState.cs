using CxlSim.Engine;
using CxlSim.Machine;
using CxlSim.Session;
using CxlSim.Views;

namespace CxlSim.Cli;

/// <summary>What the parts of the adapter share: the machine that is debugged, where its cursor stands, what the client has been told.</summary>
internal sealed class DapState(DapWriter writer)
{
    private DebugSession? _session;
    private BootScript? _script;
    private int _recordsTold;
    private int _stepsTold;
    private int _interrupts;

    public DapWriter Writer => writer;

    public DebugSession Session => _session ?? throw new DapRefusal("nothing is launched yet");

    public bool HasSession => _session is not null;

    public SimulatedMachine Machine => Session.Machine;

    /// <summary>The file that was launched, as a full path.</summary>
    public string PlatformPath { get; private set; } = string.Empty;

    public DapHandles Handles { get; } = new();

    /// <summary>What the client calls the first line.</summary>
    public int FirstLine { get; set; } = 1;

    /// <summary>What the client calls the first column.</summary>
    public int FirstColumn { get; set; } = 1;

    /// <summary>The client has said good-bye.</summary>
    public bool HasLeft { get; set; }

    /// <summary>Why the machine stands.</summary>
    public DebugStop Stop { get; set; } = new(DebugStopReason.Start, []);

    /// <summary>Grows with every script that is another than the one before: clients keep what they know of a source.</summary>
    public int ScriptReference { get; private set; }

    /// <summary>The boot as lines; another one after a what-if.</summary>
    public BootScript Script => _script ??= Session.Script();

    /// <summary>The line of the script that is shown, from 0: where a breakpoint in it was met, else the last that has happened.</summary>
    public int Cursor { get; private set; }

    /// <summary>Of the platform file, where a breakpoint in it was met; null where none was.</summary>
    public int? PlatformLine { get; private set; }

    /// <summary>A machine takes the place of the one before.</summary>
    public void Begin(DebugSession session, string platformPath)
    {
        _session?.Dispose();
        _session = session;
        PlatformPath = Path.GetFullPath(platformPath);
        (_recordsTold, _stepsTold) = (0, 0);
        ForgetScript();
        Stop = new DebugStop(DebugStopReason.Start, []);
        session.IsInterrupted = () => Volatile.Read(ref _interrupts) > 0;
        session.StoryChanges += ForgetFuture;
    }

    /// <summary>Uses time in which the client asks for nothing. False where there is nothing to do.</summary>
    public bool Prepare() => _session?.Prepare() ?? false;

    /// <summary>Stops the machine at its next event. Called by the thread that reads.</summary>
    public void Interrupt() => Interlocked.Increment(ref _interrupts);

    /// <summary>A request that stops the machine is served: what comes after it may move again, up to the next one that waits.</summary>
    public void EndInterrupt() => Interlocked.Decrement(ref _interrupts);

    /// <summary>The machine stands at another point: the client hears what was said on the way.</summary>
    /// <param name="stop">Why.</param>
    /// <param name="scriptLine">Of the script, from 0, where a breakpoint in it was met.</param>
    /// <param name="platformLine">The same of the platform file, as it counts its lines.</param>
    public void Arrive(DebugStop stop, int? scriptLine = null, int? platformLine = null)
    {
        Stop = stop;
        Handles.Clear();
        Cursor = scriptLine ?? (stop.Hits.Count > 0 ? Script.IndexOf(stop.Hits[0], Session.Position) : Script.IndexAt(Session.Position));
        PlatformLine = platformLine;
        writer.Output("stdout", string.Concat(Session.Records.Skip(_recordsTold).Where(record => record.Record is LogLine).Select(LogText)));
        writer.Output("console", string.Concat(Session.Steps.Skip(_stepsTold).Select(StepText)));
        _recordsTold = Math.Max(_recordsTold, Session.Records.Count);
        _stepsTold = Math.Max(_stepsTold, Session.Steps.Count);
    }

    private void ForgetScript()
    {
        _script = null;
        ScriptReference++;
    }

    private void ForgetFuture()
    {
        _recordsTold = Math.Min(_recordsTold, Session.Records.Count);
        _stepsTold = Math.Min(_stepsTold, Session.Steps.Count);
        ForgetScript();
    }

    private static string StepText(StepOutcome step) =>
        $"{step.Location}: '{step.Text}' ended with {step.Error}{(step.Result.Length > 0 ? $" {step.Result}" : "")}{(step.Error == step.Expected ? "" : $"; expected {step.Expected}")}\n";

    private string LogText(DebugRecord record) => $"[{new SimTime((record.Time - Machine.KernelStart).Picoseconds)}] {((LogLine)record.Record).Text}\n";
}

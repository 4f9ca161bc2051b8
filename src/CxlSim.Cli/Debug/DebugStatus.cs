using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Session;
using CxlSim.Views;

namespace CxlSim.Cli;

/// <summary>Says where the machine stands, why, and what just happened.</summary>
internal sealed class DebugStatus(DebugSession session, TextWriter output, Action<Exception>? report)
{
    private int _stepsTold;
    private string? _differenceTold;

    /// <summary>Whether a bug of the simulator was met.</summary>
    public bool HasMetBug { get; private set; }

    /// <summary>After a movement: breakpoints, steps of the file that ended, and the place.</summary>
    public void Print(DebugStop stop)
    {
        foreach (BreakHit hit in stop.Hits)
        {
            output.Write($"breakpoint {hit.Breakpoint.Number}, {hit.Breakpoint.Text}: {hit.What} (number {hit.Count})\n");
        }

        foreach (StepOutcome step in session.Steps.Skip(_stepsTold))
        {
            string result = step.Result.Length > 0 ? $" {step.Result}" : string.Empty;
            output.Write($"{step.Location}: '{step.Text}' ended with {step.Error}{result}{(step.Error == step.Expected ? "" : $"; expected {step.Expected}")}\n");
        }

        _stepsTold = session.Steps.Count;
        switch (stop.Reason)
        {
            case DebugStopReason.End:
                output.Write("nothing is left to do\n");
                break;
            case DebugStopReason.Bug:
                output.Write($"a bug of the simulator: {session.Bug!.Message}\n");
                Report(session.Bug);
                break;
            case DebugStopReason.Start:
                output.Write("this is the power-on\n");
                break;
            case DebugStopReason.NotAhead:
                output.Write("that is not ahead of here\n");
                break;
            case DebugStopReason.Interrupted:
                output.Write("interrupted\n");
                break;
        }

        TellDifference();
        Print();
    }

    /// <summary>Time since power-on, event, phase, what happened last.</summary>
    public void Print()
    {
        Simulation simulation = session.Machine.Simulation;
        TraceRecord[] latest = [.. session.Latest.Select(record => record.Record)];
        TraceRecord? told = latest.LastOrDefault(record => record is not (LogLine or RegisterWritten)) ?? latest.LastOrDefault();
        string others = latest.Length > 1 ? $" (and {latest.Length - 1} more)" : string.Empty;
        SimFrame? frame = session.Frames.Count > 0 ? session.Frames[^1] : null;
        string what = told is not null ? TraceText.Describe(told) + others : frame is { } inside ? $"in {inside.Function} {inside.Subject}" : "nothing to be seen";
        output.Write($"[{simulation.Now}] {session.Position} {session.Machine.Phase}: {what}\n");
    }

    /// <summary>A what-if was answered, or not yet.</summary>
    public void Print(DebugStop stop, Errno? error)
    {
        output.Write(error is { } answer ? $"answered {answer}\n" : "not answered yet\n");
        Print(stop);
    }

    private void TellDifference()
    {
        if (session.Difference is { } difference && difference != _differenceTold)
        {
            output.Write($"another run than was recorded: {difference}\n");
        }

        _differenceTold = session.Difference;
    }

    /// <summary>Once: who goes back and on again meets it again.</summary>
    private void Report(Exception bug)
    {
        if (!HasMetBug)
        {
            report?.Invoke(bug);
        }

        HasMetBug = true;
    }

    /// <summary>What a command that makes no sense is answered with; always false.</summary>
    public bool Refuse(string message)
    {
        output.Write(message + "\n");
        return false;
    }
}

using System.Text.Json.Nodes;
using CxlSim.Session;

namespace CxlSim.Cli;

/// <summary>The requests that move the machine, forward and back. The answer is that it moves; where it stops is an event.</summary>
internal sealed class DapMotion(DapState state, DapBreakpoints breakpoints)
{
    /// <summary>The machine is one thing that moves.</summary>
    public const int Thread = 1;

    public IEnumerable<DapVerb> Verbs =>
    [
        new("continue", arguments => state.Stop.Reason == DebugStopReason.End ? new DapAnswer(Continued, Leave) : Move(state.Session.Continue, Continued)),
        new("next", arguments => IsInstruction(arguments) ? Move(() => state.Session.Step()) : Move(state.Session.Next)),
        new("stepIn", arguments => IsInstruction(arguments) ? Move(() => state.Session.Step()) : Move(NextLine)),
        new("stepOut", _ => Move(() => state.Session.Frames.Count > 0 ? state.Session.Finish() : state.Session.NextPhase())),
        new("stepBack", arguments => IsInstruction(arguments) ? Move(() => state.Session.Back()) : Move(LineBefore)),
        new("reverseContinue", _ => Move(state.Session.ReverseContinue)),
        new("pause", _ => new DapAnswer(null, state.Stop.Reason == DebugStopReason.Interrupted ? null : () => Stopped("pause", "paused"))),
        new("gotoTargets", GoToTargets),
        new("goto", GoTo),
    ];

    private static JsonObject Continued => new() { ["allThreadsContinued"] = true };

    /// <summary>Tells the client that the machine stands, and why.</summary>
    /// <param name="reason">Where no breakpoint was met.</param>
    /// <param name="description">The same for people.</param>
    public void Stopped(string reason, string description)
    {
        IReadOnlyList<DapBreakpoint> met = breakpoints.Of(state.Stop);
        JsonObject body = new() { ["reason"] = met.Count > 0 ? met[0].Reason : reason, ["threadId"] = Thread, ["allThreadsStopped"] = true };
        if (met.Count > 0)
        {
            body["hitBreakpointIds"] = new JsonArray([.. met.Select(breakpoint => (JsonNode)breakpoint.Id)]);
            body["text"] = state.Stop.Hits[0].What;
        }

        body["description"] = met.Count > 0 ? state.Stop.Hits[0].What : description;
        state.Writer.Event("stopped", body);
    }

    /// <summary>The machine has moved: the client hears where it stands.</summary>
    public void Arrive(DebugStop stop)
    {
        IReadOnlyList<DapBreakpoint> met = breakpoints.Of(stop);
        state.Arrive(stop, met.FirstOrDefault(breakpoint => breakpoint.ScriptLine is not null)?.ScriptLine, met.FirstOrDefault(breakpoint => breakpoint.PlatformLine is not null)?.PlatformLine);
        (string reason, string description) = stop.Reason switch
        {
            DebugStopReason.End => ("pause", "nothing is left to do; continue ends the session"),
            DebugStopReason.Start => ("entry", "this is the power-on"),
            DebugStopReason.Interrupted => ("pause", "paused"),
            DebugStopReason.Bug => ("exception", $"a bug of the simulator: {state.Session.Bug!.Message}"),
            _ => ("step", "stepped"),
        };
        Stopped(reason, description);
    }

    /// <summary>The session is over; the exit code is that of a run.</summary>
    public void Leave()
    {
        state.Writer.Event("exited", new JsonObject { ["exitCode"] = state.Session.Steps.All(step => step.IsAsExpected) ? ExitCode.Success : ExitCode.NotAsExpected });
        state.Writer.Event("terminated");
    }

    private static bool IsInstruction(DapArguments arguments) => arguments.TextOrNull("granularity") == "instruction";

    private DapAnswer Move(Func<DebugStop> move) => Move(move, null);

    private DapAnswer Move(Func<DebugStop> move, JsonObject? body)
    {
        _ = state.Session; // refused now, not when the answer is out
        return new DapAnswer(body, () =>
        {
            state.Handles.Clear();
            Arrive(move());
        });
    }

    /// <summary>To the next line of the boot script.</summary>
    private DebugStop NextLine()
    {
        int at = state.Script.IndexAt(state.Session.Position);
        return at + 1 < state.Script.Lines.Count ? state.Session.GoTo(state.Script.Lines[at + 1].Position) : state.Session.Continue();
    }

    /// <summary>To the last line that had happened before the one at hand did.</summary>
    private DebugStop LineBefore()
    {
        int at = state.Script.IndexAt(state.Session.Position);
        BootScriptLine here = state.Script.Lines[at];
        BootScriptLine? before = state.Script.Lines.Take(at).LastOrDefault(line => line.Position < here.Position);
        return here.Position < state.Session.Position ? state.Session.GoTo(here.Position) : before is null ? state.Session.Back(int.MaxValue) : state.Session.GoTo(before.Position);
    }

    private DapAnswer GoToTargets(DapArguments arguments)
    {
        int line = (int)Math.Clamp(arguments.Number("line") - state.FirstLine, 0, state.Script.Lines.Count - 1);
        bool isScript = (arguments.Object("source")?.Number("sourceReference", 0) ?? 0) > 0;
        JsonArray targets = isScript ? [new JsonObject { ["id"] = line, ["label"] = state.Script.Lines[line].Text, ["line"] = line + state.FirstLine }] : [];
        return new DapAnswer(new JsonObject { ["targets"] = targets });
    }

    private DapAnswer GoTo(DapArguments arguments)
    {
        long target = arguments.Number("targetId");
        return target >= 0 && target < state.Script.Lines.Count
            ? Move(() => state.Session.GoTo(state.Script.Lines[(int)target].Position))
            : throw new DapRefusal($"found the target {target}; expected a line of the boot");
    }
}

using System.Text.Json.Nodes;
using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Cli;

/// <summary>The requests by which a session begins, begins again and ends.</summary>
internal sealed class DapLifecycle(DapState state, DapBreakpoints breakpoints, DapMotion motion)
{
    private DapLaunch? _launch;
    private bool _isConfigured;

    public IEnumerable<DapVerb> Verbs =>
    [
        new("initialize", Initialize),
        new("launch", Launch),
        new("attach", _ => new DapAnswer { Fault = "there is nothing to attach to; expected 'launch' with a 'platform'" }),
        new("configurationDone", ConfigurationDone),
        new("restart", Restart),
        new("terminate", _ => new DapAnswer(null, () => state.Writer.Event("terminated"))),
        new("disconnect", Disconnect),
        new("cancel", _ => new DapAnswer()),
    ];

    private static JsonObject Capabilities => new()
    {
        ["supportsConfigurationDoneRequest"] = true,
        ["supportsFunctionBreakpoints"] = true,
        ["supportsConditionalBreakpoints"] = true,
        ["supportsHitConditionalBreakpoints"] = true,
        ["supportsBreakpointLocationsRequest"] = true,
        ["supportsDataBreakpoints"] = true,
        ["supportsDataBreakpointBytes"] = true,
        ["supportsExceptionFilterOptions"] = true,
        ["supportsExceptionInfoRequest"] = true,
        ["exceptionBreakpointFilters"] = DapExceptions.Filters,
        ["supportsEvaluateForHovers"] = true,
        ["supportsSetVariable"] = true,
        ["supportsCompletionsRequest"] = true,
        ["supportsStepBack"] = true,
        ["supportsSteppingGranularity"] = true,
        ["supportsGotoTargetsRequest"] = true,
        ["supportsRestartRequest"] = true,
        ["supportsTerminateRequest"] = true,
        ["supportsLoadedSourcesRequest"] = true,
        ["supportsReadMemoryRequest"] = true,
        ["supportsWriteMemoryRequest"] = true,
        ["supportsDisassembleRequest"] = true,
    };

    private DapAnswer Initialize(DapArguments arguments)
    {
        state.FirstLine = arguments.Flag("linesStartAt1", true) ? 1 : 0;
        state.FirstColumn = arguments.Flag("columnsStartAt1", true) ? 1 : 0;
        return new DapAnswer(Capabilities);
    }

    private DapAnswer Launch(DapArguments arguments)
    {
        if (state.HasSession)
        {
            throw new DapRefusal("a machine is launched already; 'restart' takes other settings");
        }

        Begin(DapLaunch.Of(arguments));
        return new DapAnswer(null, () => state.Writer.Event("initialized"));
    }

    private DapAnswer ConfigurationDone(DapArguments arguments)
    {
        _ = state.Session;
        if (_isConfigured)
        {
            throw new DapRefusal("the configuration is done already");
        }

        _isConfigured = true;
        return new DapAnswer(null, Start);
    }

    private DapAnswer Restart(DapArguments arguments)
    {
        _ = state.Session;
        Begin(arguments.Object("arguments") is { } changed ? DapLaunch.Of(changed) : _launch!);
        return new DapAnswer(null, () =>
        {
            breakpoints.SetAgain();
            Start();
        });
    }

    private DapAnswer Disconnect(DapArguments arguments)
    {
        state.HasLeft = true;
        return new DapAnswer();
    }

    /// <summary>Reads the platform file or recording and powers the machine on. What is wrong with the file refuses the request; warnings are told.</summary>
    private void Begin(DapLaunch launch)
    {
        DebugSession? session = launch.Open(out IReadOnlyList<Diagnostic> diagnostics);
        state.Writer.Output(session is null ? "stderr" : "console", string.Concat(diagnostics.Select(diagnostic => $"{diagnostic}\n")));
        if (session is null)
        {
            throw new DapRefusal(diagnostics.First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToString());
        }

        _launch = launch;
        state.Begin(session, launch.Input.Path);
    }

    private void Start()
    {
        if (_launch!.NoDebug)
        {
            foreach (Breakpoint breakpoint in state.Session.Breakpoints.ToArray())
            {
                state.Session.Delete(breakpoint.Number);
            }

            state.Arrive(state.Session.Continue());
            motion.Leave();
        }
        else if (_launch.StopOnEntry)
        {
            state.Arrive(state.Stop);
            motion.Stopped("entry", "power-on");
        }
        else if (state.Session.Continue() is var stop && stop.Reason == DebugStopReason.End && !_launch.StopAtEnd)
        {
            state.Arrive(stop);
            motion.Leave();
        }
        else
        {
            motion.Arrive(stop);
        }
    }
}

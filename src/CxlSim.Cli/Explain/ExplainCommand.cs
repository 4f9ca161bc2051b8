using System.CommandLine;
using CxlSim.Session;
using CxlSim.Views;

namespace CxlSim.Cli;

/// <summary><c>cxlsim explain PLATFORM</c>: what became of each device's memory, and why what was refused was refused.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        BootArguments boot = new(runsSteps: true);
        Option<string> format = new("--format") { HelpName = "format", Description = "text or json.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        Command explain = new("explain", "Say where each device's memory went, and why calls were refused. Boots the machine and does its steps first.");
        boot.AddTo(explain);
        explain.Add(format);
        explain.SetAction(parsed => boot.Start(parsed) is { } session ? Execute(session, boot.HasSteps(parsed), parsed.GetValue(format)!) : ExitCode.BadInput);
        return explain;
    }

    /// <summary>The exit code is that of <c>cxlsim run</c>.</summary>
    private static int Execute(MachineSession session, bool hasSteps, string format)
    {
        StepRunner runner = new(session);
        List<StepOutcome> steps = hasSteps ? [.. session.Machine.Platform.Steps.Select(runner.Run)] : [];
        IReadOnlyList<PlacementCheck> checks = session.CheckPlacement();
        ExplainReport report = Explanation.Of(session, steps);
        Console.Out.Write(format == "json" ? ExplainJson.Render(report) : ExplainText.Render(report));
        return steps.TrueForAll(step => step.IsAsExpected) && checks.All(check => check.Found) ? ExitCode.Success : ExitCode.NotAsExpected;
    }
}

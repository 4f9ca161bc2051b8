using System.CommandLine;
using CxlSim.Platform;
using CxlSim.Session;
using CxlSim.Views;

namespace CxlSim.Cli;

/// <summary><c>cxlsim report PLATFORM -o report.html</c>: a machine as a page to look at, in one file.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        TimelineRecorder timeline = new();
        BootArguments boot = new(runsSteps: true) { Listener = timeline };
        Option<string?> output = new("--output", "-o") { HelpName = "file", Description = "Where to write the page; - is standard output.", DefaultValueFactory = _ => "report.html" };
        Option<bool> noCurves = new("--no-curves") { Description = "Leave out latency under load, which takes the most of the time." };
        Command report = new(
            "report",
            "Write a booted machine as a page for a browser, in one file. Topology, address map, decoders, the boot in time, memory blocks, why memory did not come up, latency under load.");
        boot.AddTo(report);
        report.Add(output);
        report.Add(noCurves);
        report.Validators.Add(result => DifferentFiles.Demand(result, boot.Platform, output));
        report.Validators.Add(result => OutputFolder.Demand(result, output));
        report.SetAction(parsed => boot.Start(parsed) is { } session ? Execute(session, boot.HasSteps(parsed), timeline, !parsed.GetValue(noCurves), parsed.GetValue(output)!) : ExitCode.BadInput);
        return report;
    }

    /// <summary>The exit code is that of <c>cxlsim run</c>: a machine that is not as expected has its page too.</summary>
    private static int Execute(MachineSession session, bool hasSteps, TimelineRecorder timeline, bool hasCurves, string path)
    {
        StepRunner runner = new(session);
        List<StepOutcome> steps = hasSteps ? [.. session.Machine.Platform.Steps.Select(runner.Run)] : [];
        ExplainReport explained = Explanation.Of(session, steps);
        MachineReport report = MachineReportBuilder.Build(session.Machine, explained, timeline);
        using StepProgress progress = new();
        string page = MachineReportPage.Render(hasCurves ? report with { Curves = ReportCurves.Measure(session.Machine, progress.Step) } : report);
        progress.Clear();
        try
        {
            WholeFile.Write(path, page);
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            Console.Error.WriteLine($"cxlsim: the report cannot be written: {error.Message}");
            return ExitCode.BadInput;
        }

        foreach (StepOutcome step in steps.Where(step => !step.IsAsExpected))
        {
            FailedStep.Print(step);
        }

        return steps.TrueForAll(step => step.IsAsExpected) ? ExitCode.Success : ExitCode.NotAsExpected;
    }
}

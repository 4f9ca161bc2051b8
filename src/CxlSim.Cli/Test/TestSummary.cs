using System.Globalization;
using CxlSim.Session;

namespace CxlSim.Cli;

/// <summary>Results in a line, and as an exit code.</summary>
internal static class TestSummary
{
    public static string Of(ScenarioReport report)
    {
        int Count(string verdict) => report.Cases.Count(known => known.Verdict == verdict);
        string unread = Count(ReportedCase.Unread) is > 0 and var files ? string.Create(CultureInfo.InvariantCulture, $", {files} {(files == 1 ? "file makes" : "files make")} no sense") : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"{Count(ReportedCase.Passed)} passed, {Count(ReportedCase.Failed) + Count(ReportedCase.Bug)} failed{unread}\n");
    }

    /// <summary>A file that makes no sense weighs more than a case that fails, and a bug of ours more than both.</summary>
    public static int ExitCodeOf(ScenarioReport report) =>
        report.Cases.Any(known => known.Verdict == ReportedCase.Bug) ? ExitCode.SimulatorBug
        : report.Cases.Any(known => known.Verdict == ReportedCase.Unread) ? ExitCode.BadInput
        : report.Cases.All(known => known.IsPassed) ? ExitCode.Success
        : ExitCode.NotAsExpected;
}

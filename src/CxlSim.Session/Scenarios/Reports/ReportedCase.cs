namespace CxlSim.Session;

/// <summary>What a report keeps of a case. Nothing of it depends on when or where it ran, so that shards that are joined are the same as one run.</summary>
/// <param name="File">The scenario file, with / between folders.</param>
/// <param name="Name">The case.</param>
/// <param name="Verdict"><c>passed</c>, <c>failed</c>, <c>bug</c>; <c>unread</c> for a file that makes no sense.</param>
/// <param name="Events">Events that were handled.</param>
/// <param name="TimePs">Of the machine's own time, in picoseconds.</param>
/// <param name="Failures">What does not hold.</param>
/// <param name="Explanation">Why, as far as the machine knows; empty where it holds.</param>
public sealed record ReportedCase(string File, string Name, string Verdict, long Events, long TimePs, IReadOnlyList<ReportedFailure> Failures, string Explanation)
{
    public const string Passed = "passed";
    public const string Failed = "failed";
    public const string Bug = "bug";
    public const string Unread = "unread";

    /// <summary>All that there are.</summary>
    public static readonly IReadOnlyList<string> Verdicts = [Passed, Failed, Bug, Unread];

    public bool IsPassed => Verdict == Passed;

    public static ReportedCase Of(ScenarioResult result, string name) => new(
        ReportedFailure.PathOf(result.Case.File), name, result.Verdict switch { ScenarioVerdict.Passed => Passed, ScenarioVerdict.Failed => Failed, _ => Bug }, result.Events, result.Time.Picoseconds,
        [.. result.Failures.Select(ReportedFailure.Of)], result.Explanation);
}

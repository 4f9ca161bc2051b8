using System.Text;

namespace CxlSim.Session.Tests;

/// <summary>Results, in few words.</summary>
internal static class GivenReport
{
    /// <summary>What a name or a message can hold: control characters, what XML and JSON write otherwise, a half of a character, a whole one outside the first plane, line breaks.</summary>
    public const string Hostile = "\0\u0001\u001b[31m<a b='c' d=\"e\">&amp;]]>\\u0041\ud83d\uD83D\uDE00\uffff{0}%s\r\n\t\u0085\u202e";

    public const string Explanation = "one-card, Linux 6.12: 0 B in use";

    /// <summary>One of each kind, in two files.</summary>
    public static ScenarioReport Mixed { get; } = ScenarioReport.Of(
    [
        Case("b.yaml", "good"),
        Case("b.yaml", "bad", ReportedCase.Failed, Failure("region0/size: expected '1', found '2'", "why it was refused"), Failure("second")),
        Case("a.yaml", "broken", ReportedCase.Bug, Failure("a bug of the simulator: x")),
        Case("a.yaml", "a", ReportedCase.Unread, Failure("CXP0003: found 'naem'")),
    ]);

    /// <summary>Names and messages that nobody wants, one of them very long.</summary>
    public static ScenarioReport Awful { get; } = ScenarioReport.Of(
    [
        Case($"{Hostile}.yaml", $"{Hostile}[x]", ReportedCase.Failed, Failure(Hostile, Hostile) with { File = $"{Hostile}.yaml" }),
        Case("long.yaml", new string('n', 2_000), ReportedCase.Bug, Failure(new string('m', 20_000))),
    ]);

    public static ReportedCase Case(string file, string name, string verdict = ReportedCase.Passed, params ReportedFailure[] failures) =>
        new(file, name, verdict, 259, 1000, failures, verdict == ReportedCase.Failed ? Explanation : string.Empty);

    public static ReportedFailure Failure(string message, string details = "") => new("steps.yaml", 12, 69, message, details);

    /// <summary>What a file that a report was written to gives back.</summary>
    public static ScenarioReport Reread(ScenarioReport report)
    {
        ScenarioReport? read = Read(report.ToJson(), out string error);
        error.Should().BeEmpty();
        return read!;
    }

    public static ScenarioReport? Read(string json, out string error) => ScenarioReport.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)), out error);
}

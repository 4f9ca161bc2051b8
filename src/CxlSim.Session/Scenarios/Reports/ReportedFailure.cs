namespace CxlSim.Session;

/// <summary>A failure as a report keeps it.</summary>
/// <param name="File">The file of the line.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Message">In a line.</param>
/// <param name="Details">More lines; empty for none.</param>
public sealed record ReportedFailure(string File, int Line, int Column, string Message, string Details)
{
    public static ReportedFailure Of(ScenarioFailure failure) =>
        new(PathOf(failure.Location.File), failure.Location.Line, failure.Location.Column, failure.Message, failure.Details.TrimEnd('\n'));

    /// <summary>The same on every system.</summary>
    public static string PathOf(string file) => file.Replace('\\', '/');

    public override string ToString() => $"{File}:{Line}:{Column}: {Message}{(Details.Length > 0 ? "\n" + Details : "")}";
}

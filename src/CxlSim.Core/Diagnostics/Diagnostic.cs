namespace CxlSim.Core;

/// <summary>One numbered finding about the user's input: where, what was found, what was expected.</summary>
/// <param name="Id">The number, stable for ever: <c>CXP0012</c>.</param>
/// <param name="Severity">Whether the run can go on.</param>
/// <param name="Message">What was found and what was expected, in one sentence.</param>
/// <param name="Location">File, line and column.</param>
public sealed record Diagnostic(string Id, DiagnosticSeverity Severity, string Message, SourceLocation Location)
{
    /// <summary>In a line: file, line and column, severity, number, message.</summary>
    public override string ToString() => $"{Location}: {(Severity == DiagnosticSeverity.Error ? "error" : "warning")} {Id}: {Message}";
}

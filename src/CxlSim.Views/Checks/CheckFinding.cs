using CxlSim.Core;
using CxlSim.Kernel;

namespace CxlSim.Views;

/// <summary>One thing that a check found.</summary>
/// <param name="Number"><c>CXPnnnn</c> or <c>CXKnnnn</c>.</param>
/// <param name="Severity">An error makes the file meaningless; a warning names what Linux refuses or wastes.</param>
/// <param name="Place">Where its cause stands.</param>
/// <param name="Message">What was found, what comes of it, and what would work; one sentence.</param>
/// <param name="Nearest">The nearest value that works; null where there is no single one.</param>
public sealed record CheckFinding(string Number, DiagnosticSeverity Severity, CheckPlace Place, string Message, FieldValue? Nearest)
{
    public static CheckFinding Of(Diagnostic diagnostic) => new(diagnostic.Id, diagnostic.Severity, CheckPlace.Of(diagnostic.Location), diagnostic.Message, null);

    public static CheckFinding Of(KernelFinding finding, CheckPlace place)
    {
        string nearest = finding.Nearest is null ? string.Empty : $"; nearest value that works: {finding.Nearest}";
        return new(finding.Rule.Number, DiagnosticSeverity.Warning, place, $"found {finding.Found}; Linux {finding.Rule.Effect}{nearest}", finding.Nearest);
    }

    /// <summary>In the form of a compiler's message.</summary>
    public override string ToString() => $"{Place}: {(Severity == DiagnosticSeverity.Error ? "error" : "warning")} {Number}: {Message}";
}

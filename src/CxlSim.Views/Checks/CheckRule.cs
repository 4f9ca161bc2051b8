using CxlSim.Core;
using CxlSim.Kernel;
using CxlSim.Platform;

namespace CxlSim.Views;

/// <summary>What a number of a finding stands for, whoever reports it.</summary>
/// <param name="Number"><c>CXPnnnn</c> or <c>CXKnnnn</c>.</param>
/// <param name="Severity">The same wherever the number is reported.</param>
/// <param name="Title">One phrase.</param>
/// <param name="Help">What comes of it.</param>
public sealed record CheckRule(string Number, DiagnosticSeverity Severity, string Title, string Help)
{
    /// <summary>All that a check can report: those of the platform file, then those of the kernel.</summary>
    public static IReadOnlyList<CheckRule> All { get; } =
    [
        .. DiagnosticCatalog.All.Select(title => new CheckRule(title.Number, title.Severity, title.Title, HelpOf(title.Severity))),
        .. KernelRules.All.Select(rule => new CheckRule(rule.Number, DiagnosticSeverity.Warning, rule.Title, $"Linux {rule.Effect} ({rule.Source}).")),
    ];

    private static string HelpOf(DiagnosticSeverity severity) => severity == DiagnosticSeverity.Error
        ? "The file makes no sense, and no machine can be made of it."
        : "A machine can be made of it, but not all of it will be of use.";
}

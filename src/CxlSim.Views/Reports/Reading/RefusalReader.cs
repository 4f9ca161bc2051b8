using CxlSim.Core;
using CxlSim.Kernel;

namespace CxlSim.Views;

/// <summary>What was refused or wasted, as <c>cxlsim explain</c> tells it.</summary>
internal static class RefusalReader
{
    public static IReadOnlyList<ReportRefusal> Read(ExplainReport report) =>
    [
        .. report.Steps.Select(OfStep),
        .. report.Refusals.Select(refusal => new ReportRefusal($"the kernel, at {refusal.Time.ToString().Trim()} s", [.. RefusalText.Lines(refusal)])),
        .. report.Findings.Select(OfFinding),
    ];

    private static ReportRefusal OfStep(StepOutcome step) => new(
        $"{step.Location}: '{step.Text}' ended with {step.Error}{(step.Error == step.Expected ? ", as expected" : $"; expected {step.Expected}")}",
        step.Refusal is { } refusal ? [.. RefusalText.Lines(refusal, step.Proposal)] : [step.Result],
        step.Error == step.Expected && step.Error != Errno.Ok);

    private static ReportRefusal OfFinding(KernelFinding finding) => new(
        "the machine",
        [$"{finding.Rule.Number} {finding.Rule.Title}", $"found    {finding.Found}", $"source   {finding.Rule.Source}", .. finding.Nearest is { } nearest ? new[] { $"nearest  {nearest}" } : []]);
}

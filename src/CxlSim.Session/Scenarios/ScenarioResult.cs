using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Platform;

namespace CxlSim.Session;

/// <summary>What became of a case. All of it is the same whenever and wherever it runs.</summary>
/// <param name="Case">What ran.</param>
/// <param name="Verdict">How it ended.</param>
/// <param name="Failures">What does not hold; empty where all does.</param>
public sealed record ScenarioResult(ScenarioCase Case, ScenarioVerdict Verdict, IReadOnlyList<ScenarioFailure> Failures)
{
    /// <summary>Events that were handled.</summary>
    public long Events { get; init; }

    /// <summary>Since power-on, in the machine's own time.</summary>
    public SimTime Time { get; init; }

    /// <summary>Of a failure, what became of the machine's memory and why calls were refused; empty else.</summary>
    public string Explanation { get; init; } = string.Empty;

    /// <summary>The place that a report names: that of the first failure, else the file's beginning.</summary>
    public SourceLocation Location => Failures.Count > 0 ? Failures[0].Location : new SourceLocation(Case.File, 1, 1);
}

using CxlSim.Core;

namespace CxlSim.Platform;

/// <summary>What became of the text of one step.</summary>
/// <param name="Step">Null when there is an error among the diagnostics.</param>
/// <param name="Diagnostics">In the order of the text.</param>
public sealed record StepReadResult(StepDescription? Step, IReadOnlyList<Diagnostic> Diagnostics);

using CxlSim.Core;

namespace CxlSim.Platform;

/// <summary>What became of a scenario file: its cases, or everything that is wrong with it; warnings may come with either.</summary>
/// <param name="Cases">In the order of the matrix; none where there is an error among the diagnostics.</param>
/// <param name="Diagnostics">Each once, however many cases have it.</param>
public sealed record ScenarioReadResult(IReadOnlyList<ScenarioCase> Cases, IReadOnlyList<Diagnostic> Diagnostics);

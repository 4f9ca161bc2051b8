using CxlSim.Core;
using CxlSim.Timing;

namespace CxlSim.Session;

/// <summary>What became of a file: accesses, or what is wrong with it.</summary>
/// <param name="Entries">None where there is a diagnostic.</param>
/// <param name="Diagnostics">In the order of the file; reading ends with the hundredth.</param>
public sealed record TraceReadResult(IReadOnlyList<TraceEntry> Entries, IReadOnlyList<Diagnostic> Diagnostics);

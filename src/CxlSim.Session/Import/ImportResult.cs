using CxlSim.Core;
using CxlSim.Platform;

namespace CxlSim.Session;

/// <summary>What became of a capture.</summary>
/// <param name="Platform">The machine; null where none can be made of it, and then an error says why.</param>
/// <param name="Text">The platform file; what could not be learnt stands at its head. Empty where there is no platform.</param>
/// <param name="Findings">What was wrong with the capture, and what could not be learnt from it.</param>
public sealed record ImportResult(PlatformDescription? Platform, string Text, IReadOnlyList<Diagnostic> Findings);

using CxlSim.Core;

namespace CxlSim.Platform;

/// <summary>What a number stands for.</summary>
/// <param name="Number"><c>CXPnnnn</c>.</param>
/// <param name="Severity">The same wherever the number is reported.</param>
/// <param name="Title">One phrase; the message of a finding adds what was found and what was expected.</param>
public sealed record DiagnosticTitle(string Number, DiagnosticSeverity Severity, string Title);

namespace CxlSim.Views;

/// <summary>What <c>cxl list</c> writes.</summary>
/// <param name="Output">To standard output: JSON. Each character is a byte.</param>
/// <param name="Errors">To standard error.</param>
public sealed record CxlListResult(string Output, string Errors);

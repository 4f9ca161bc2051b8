namespace CxlSim.Views;

/// <summary>What a tool writes.</summary>
/// <param name="Output">To standard output. Of what devices say, each character is a byte.</param>
/// <param name="Errors">To standard error.</param>
public sealed record ToolOutput(string Output, string Errors);

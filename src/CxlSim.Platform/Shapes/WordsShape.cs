namespace CxlSim.Platform.Language;

/// <summary>One of some words.</summary>
internal sealed record WordsShape(IReadOnlyList<string> Choices) : Shape;

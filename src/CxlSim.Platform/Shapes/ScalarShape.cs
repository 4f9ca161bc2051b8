namespace CxlSim.Platform.Language;

/// <summary>A scalar by the types that YAML may see in it, and the pattern of its text.</summary>
internal sealed record ScalarShape(string What, string[] Types, string? Pattern = null) : Shape;

namespace CxlSim.Platform.Language;

/// <summary>A whole number, decimal or hexadecimal.</summary>
internal sealed record NumberShape(ulong Least, ulong Most) : Shape;

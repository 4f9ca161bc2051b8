namespace CxlSim.Platform.Language;

/// <summary>A mapping with known keys; they are asked for late, since a switch may stand below a switch.</summary>
internal sealed record MappingShape(Func<KeySet> Keys) : Shape;

namespace CxlSim.Platform.Language;

/// <summary>A list of items of one shape.</summary>
internal sealed record ListShape(Shape Item) : Shape;

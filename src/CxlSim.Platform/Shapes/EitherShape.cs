namespace CxlSim.Platform.Language;

/// <summary>What has one shape or another.</summary>
internal sealed record EitherShape(IReadOnlyList<Shape> Shapes) : Shape;

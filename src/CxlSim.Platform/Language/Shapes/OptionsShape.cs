namespace CxlSim.Platform.Language;

/// <summary>A mapping from build options to values.</summary>
internal sealed record OptionsShape : Shape;

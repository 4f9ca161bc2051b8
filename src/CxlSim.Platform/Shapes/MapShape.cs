namespace CxlSim.Platform.Language;

/// <summary>A mapping whose keys are the user's: <c>build option</c> says what they are.</summary>
internal sealed record MapShape(string What, Shape Value) : Shape;

namespace CxlSim.Platform.Language;

/// <summary>What may stand behind a key, as far as a file's form shows it. What only looks right is for the readers to refuse.</summary>
internal abstract record Shape;

using CxlSim.Core;

namespace CxlSim.Platform.Settings;

/// <summary>A step of a setting's path: a key, the id of a list's item, or an index.</summary>
/// <param name="Name">Key or id; null for an index.</param>
/// <param name="Index">From 0.</param>
/// <param name="Location">Where the setting has it.</param>
internal sealed record SettingStep(string? Name, int Index, SourceLocation Location);

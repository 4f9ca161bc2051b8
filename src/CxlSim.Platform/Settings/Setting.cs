using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Settings;

/// <summary>A value that takes the place of what a platform file says.</summary>
/// <param name="Path">Where it goes; at least one step.</param>
/// <param name="Value">What goes there.</param>
internal sealed record Setting(IReadOnlyList<SettingStep> Path, YamlNode Value);

using CxlSim.Core;

namespace CxlSim.Platform.Yaml;

/// <summary>A node of a YAML document with the place where it starts.</summary>
internal abstract class YamlNode(SourceLocation location)
{
    public SourceLocation Location { get; } = location;

    /// <summary>What it is, for messages.</summary>
    public abstract string Kind { get; }
}

using CxlSim.Core;

namespace CxlSim.Platform.Yaml;

/// <summary>A list of nodes.</summary>
internal sealed class YamlSequence(SourceLocation location, IReadOnlyList<YamlNode> items) : YamlNode(location)
{
    public IReadOnlyList<YamlNode> Items { get; } = items;

    public override string Kind => "a list";
}

using CxlSim.Core;

namespace CxlSim.Platform.Yaml;

/// <summary>A scalar as text; what it means is for its key to say.</summary>
internal sealed class YamlScalar(SourceLocation location, string text, bool isPlain) : YamlNode(location)
{
    public string Text { get; } = text;

    /// <summary>Nothing was written after the key.</summary>
    public bool IsNull { get; } = isPlain && text is "" or "~" or "null";

    public override string Kind => IsNull ? "nothing" : "'" + Quote.Of(Text) + "'";
}

using CxlSim.Core;

namespace CxlSim.Platform;

/// <summary>An attribute and what it must show.</summary>
/// <param name="Path">Below /sys, or from an object by its name: <c>mem0/ram/size</c>.</param>
/// <param name="Value">Without the line's end.</param>
public sealed record ExpectedAttribute(string Path, ExpectedText Value)
{
    /// <summary>Its place in the file.</summary>
    public SourceLocation Location => Value.Location;
}

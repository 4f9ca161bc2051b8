using CxlSim.Core;

namespace CxlSim.Views;

/// <summary>Something that a file expects and that does not hold.</summary>
/// <param name="Location">Where the file says it.</param>
/// <param name="What">What was looked at: <c>mem0/ram/size</c>, <c>log</c>.</param>
/// <param name="Expected">What it should be.</param>
/// <param name="Found">What it is.</param>
public sealed record UnmetExpectation(SourceLocation Location, string What, string Expected, string Found)
{
    public override string ToString() => $"{Location}: {What}: expected {Expected}, found {Found}";
}

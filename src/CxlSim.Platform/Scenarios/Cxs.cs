namespace CxlSim.Platform;

/// <summary>Numbers of findings that only scenario files can have. A number keeps its meaning for ever; docs/SCENARIOS.md lists them.</summary>
internal static class Cxs
{
    public const string Include = "CXS0001";
    public const string UnknownParameter = "CXS0002";
    public const string TooManyCases = "CXS0003";
    public const string UnknownDevice = "CXS0004";
}

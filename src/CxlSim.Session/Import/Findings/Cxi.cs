namespace CxlSim.Session;

/// <summary>The numbers of what an import has to say. Stable for ever: a number is never given a second meaning.</summary>
internal static class Cxi
{
    public const string Nothing = "CXI0001";
    public const string UnreadableFile = "CXI0002";
    public const string TableForm = "CXI0003";
    public const string TextForm = "CXI0004";
    public const string JsonForm = "CXI0005";
    public const string NotLearnt = "CXI0006";
    public const string NotExpressed = "CXI0007";
    public const string Contradiction = "CXI0008";
    public const string Refused = "CXI0009";
}

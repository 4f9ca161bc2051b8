namespace CxlSim.Session;

/// <summary>The numbers of what is wrong with a trace of accesses. Stable for ever: a number is never given a second meaning.</summary>
internal static class Cxt
{
    public const string UnreadableFile = "CXT0001";
    public const string LineForm = "CXT0002";
    public const string TimeOrder = "CXT0003";
    public const string TooMany = "CXT0004";
    public const string CutOff = "CXT0005";
    public const string Nothing = "CXT0006";
}

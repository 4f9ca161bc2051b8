namespace CxlSim.Session;

/// <summary>The numbers of what is wrong with a recording. Stable for ever: a number is never given a second meaning.</summary>
internal static class Cxr
{
    public const string UnreadableFile = "CXR0001";
    public const string NoRecording = "CXR0002";
    public const string LineForm = "CXR0003";
    public const string CutOff = "CXR0004";
    public const string Order = "CXR0005";
    public const string Value = "CXR0006";
}

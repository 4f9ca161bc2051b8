namespace CxlSim.Session;

/// <summary>Steps as the file of a case has them.</summary>
internal static class FuzzStep
{
    public static FuzzNode Write(string path, string value) => FuzzNode.Map(("write", FuzzNode.Map(("path", path), ("value", value))));
}

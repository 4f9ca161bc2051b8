namespace CxlSim.Conformance;

/// <summary>A captured file as lines.</summary>
internal static class CapturedText
{
    public static IEnumerable<string> Lines(this string text) => text.Split('\n').Select(line => line.TrimEnd('\r'));

    public static IEnumerable<string> TrimmedLines(this string text) => text.Lines().Select(line => line.Trim()).Where(line => line.Length > 0);
}

using System.Text.RegularExpressions;

namespace CxlSim.Conformance;

/// <summary>Values that no two runs share are compared in form only: uuids, device numbers.</summary>
internal static partial class LooseValues
{
    public static string Loosen(string key, string value) => LeafOf(key) switch
    {
        "uuid" when Uuid().IsMatch(value) => "<uuid>",
        "dev" => DeviceNumber().Replace(value, "<dev>"),
        "uevent" => UeventNumber().Replace(value, "$1=<n>"),
        _ => value,
    };

    // A JSON leaf follows its object's label and a colon.
    private static string LeafOf(string key) => key[(key.LastIndexOfAny(['/', ':']) + 1)..];

    [GeneratedRegex("^[0-9a-f-]{36}$")]
    private static partial Regex Uuid();

    [GeneratedRegex(@"\d+:\d+")]
    private static partial Regex DeviceNumber();

    [GeneratedRegex(@"(MAJOR|MINOR)=\d+")]
    private static partial Regex UeventNumber();
}

using System.Text.RegularExpressions;

namespace CxlSim.Conformance;

/// <summary>
/// Replaces the names that Linux numbers in probe order (memN, endpointN, portN, decoderN.M) by what they stand for:
/// a device's serial number, a port's PCI or ACPI device. Learnt from the capture's own cxl-attrs.txt.
/// </summary>
public sealed partial class StableNames
{
    // The root is port 0 whatever was probed first.
    private readonly Dictionary<string, string> _meaning = new() { ["port0"] = "root" };

    private StableNames()
    {
    }

    public static StableNames Of(Capture capture) => From(capture.TextOf("cxl-attrs.txt"));

    public static StableNames From(string attributes)
    {
        StableNames names = new();
        foreach (Match serial in SerialLine().Matches(attributes))
        {
            names._meaning[serial.Groups["device"].Value] = $"<{serial.Groups["serial"].Value}>";
        }

        // An endpoint's uport is its memory device, whose serial number is known by now.
        foreach (Match uport in UportLine().Matches(attributes))
        {
            string target = uport.Groups["target"].Value;
            names._meaning[uport.Groups["port"].Value] = names._meaning.GetValueOrDefault(target, $"<{target}>");
        }

        return names;
    }

    public string Replace(string text) => ProbedName().Replace(text, Stable);

    private string Stable(Match name)
    {
        string kind = name.Groups["kind"].Value;
        string number = name.Groups["number"].Value;
        if (kind != "decoder")
        {
            return kind + _meaning.GetValueOrDefault(name.Value, number);
        }

        // A decoder carries the number of its endpoint or port.
        string owner = _meaning.GetValueOrDefault($"endpoint{number}") ?? _meaning.GetValueOrDefault($"port{number}", number);
        return $"decoder{owner}.{name.Groups["index"].Value}";
    }

    [GeneratedRegex(@"/(?<device>mem\d+)/serial = (?<serial>\S+)")]
    private static partial Regex SerialLine();

    [GeneratedRegex(@"/(?<port>(?:endpoint|port)\d+)/uport -> .*/(?<target>[^/\s]+)")]
    private static partial Regex UportLine();

    [GeneratedRegex(@"\b(?:(?<kind>decoder)(?<number>\d+)\.(?<index>\d+)|(?<kind>endpoint|port|mem)(?<number>\d+))\b")]
    private static partial Regex ProbedName();
}

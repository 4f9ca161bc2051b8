using System.Text.RegularExpressions;

namespace CxlSim.Conformance;

/// <summary>Reads the extents of every zone in /proc/zoneinfo, but of the first node's: those depend on what runs in the machine.</summary>
public sealed partial class ZoneReader : IFactReader
{
    public IReadOnlyDictionary<string, string> Read(string text, StableNames names)
    {
        OrderedDictionary<string, string> facts = [];
        string? zone = null;
        foreach (string line in text.Lines())
        {
            if (Zone().Match(line) is { Success: true } heading)
            {
                string node = heading.Groups["node"].Value;
                zone = node == "0" ? null : $"node{node}/{heading.Groups["zone"].Value}";
            }
            else if (zone is not null && Extent().Match(line) is { Success: true } extent)
            {
                facts[$"{zone}/{extent.Groups["name"].Value}"] = extent.Groups["pages"].Value;
            }
        }

        return facts;
    }

    [GeneratedRegex(@"^Node (?<node>\d+), zone\s+(?<zone>\w+)")]
    private static partial Regex Zone();

    [GeneratedRegex(@"^\s+(?<name>spanned|present|managed|start_pfn):?\s+(?<pages>\d+)")]
    private static partial Regex Extent();
}

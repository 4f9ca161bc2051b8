using System.Text.RegularExpressions;

namespace CxlSim.Conformance;

/// <summary>Reads a dump of attributes and links: "path = value", "path -> target", "path ! ERRNO", "path/ (device)".</summary>
public sealed partial class AttributeReader : IFactReader
{
    public IReadOnlyDictionary<string, string> Read(string text, StableNames names)
    {
        OrderedDictionary<string, string> facts = [];
        foreach (string line in text.TrimmedLines().Where(line => !line.StartsWith("##", StringComparison.Ordinal)))
        {
            Match entry = Entry().Match(line);
            string key = entry.Success ? entry.Groups["path"].Value.Trim() : line.TrimEnd('=', ' ');
            facts[names.Replace(key)] = names.Replace(LooseValues.Loosen(key, entry.Groups["value"].Value.Trim()));
        }

        return facts;
    }

    [GeneratedRegex(@"^(?<path>.*?)(?: (?:->|=|!)(?: |$)| \()(?<value>.*)$")]
    private static partial Regex Entry();
}

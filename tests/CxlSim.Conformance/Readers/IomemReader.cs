using System.Text.RegularExpressions;

namespace CxlSim.Conformance;

/// <summary>Reads /proc/iomem: one fact per line, together with its parents, so that a line in the wrong place is a difference.</summary>
public sealed partial class IomemReader(IomemScope scope) : IFactReader
{
    private const int BlanksPerLevel = 2;

    public IReadOnlyDictionary<string, string> Read(string text, StableNames names)
    {
        OrderedDictionary<string, string> facts = [];
        List<string> path = [];
        foreach (Match line in text.Lines().Select(line => Resource().Match(line)).Where(line => line.Success))
        {
            int depth = Math.Min(line.Groups["indent"].Length / BlanksPerLevel, path.Count);
            path.RemoveRange(depth, path.Count - depth);
            path.Add($"{Address(line, "start")}-{Address(line, "end")} {names.Replace(line.Groups["name"].Value)}");
            if (scope == IomemScope.Whole || path.Exists(resource => CxlResource().IsMatch(resource)))
            {
                facts[string.Join(" > ", path)] = FactReaders.Present;
            }
        }

        return facts;
    }

    // Linux pads low addresses to eight digits.
    private static string Address(Match line, string group) => line.Groups[group].Value.TrimStart('0') is { Length: > 0 } digits ? digits : "0";

    [GeneratedRegex(@"^(?<indent>\s*)(?<start>[0-9a-f]+)-(?<end>[0-9a-f]+) : (?<name>.*)$")]
    private static partial Regex Resource();

    [GeneratedRegex(@"CXL Window|Soft Reserved|dax|kmem|region\d|Persistent Memory")]
    private static partial Regex CxlResource();
}

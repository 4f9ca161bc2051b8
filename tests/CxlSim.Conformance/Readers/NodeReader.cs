using System.Text.RegularExpressions;

namespace CxlSim.Conformance;

/// <summary>Reads the NUMA nodes: a section per attribute ("## path", then its text), then the masks ("has_memory=0-1").</summary>
public sealed partial class NodeReader : IFactReader
{
    public IReadOnlyDictionary<string, string> Read(string text, StableNames names)
    {
        OrderedDictionary<string, string> facts = [];
        string section = "";
        foreach (string line in text.Lines())
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                section = line[3..];
            }
            else if (Mask().Match(line) is { Success: true } mask)
            {
                facts[mask.Groups["name"].Value] = mask.Groups["value"].Value;
            }
            else if (Counters().IsMatch(section))
            {
                AddTotal(facts, section, line);
            }
            else if (section.Length > 0)
            {
                facts[section] = $"{facts.GetValueOrDefault(section)} {line}".Trim();
            }
        }

        return facts;
    }

    // Of the counters only a node's size is a fact, and of the first node not even that: the kernel keeps some of it for itself.
    private static void AddTotal(OrderedDictionary<string, string> facts, string section, string line)
    {
        if (!section.Contains("node0/", StringComparison.Ordinal) && Total().Match(line) is { Success: true } total)
        {
            facts[$"{section}/MemTotal"] = total.Groups["kilobytes"].Value;
        }
    }

    [GeneratedRegex("^(?<name>(?:has_|online|possible)[^=]*)=(?<value>.*)$")]
    private static partial Regex Mask();

    [GeneratedRegex("/(?:meminfo|numastat|vmstat)$")]
    private static partial Regex Counters();

    [GeneratedRegex(@"^Node \d+ MemTotal:\s+(?<kilobytes>\d+) kB")]
    private static partial Regex Total();
}

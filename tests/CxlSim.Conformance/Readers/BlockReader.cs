using System.Text.RegularExpressions;

namespace CxlSim.Conformance;

/// <summary>Reads the memory blocks, one line each ("memory5 phys_index=00000005 state=online ..."), and the settings before them.</summary>
public sealed partial class BlockReader : IFactReader
{
    public IReadOnlyDictionary<string, string> Read(string text, StableNames names)
    {
        OrderedDictionary<string, string> facts = [];
        foreach (string line in text.TrimmedLines())
        {
            Match block = Block().Match(line);
            if (block.Success)
            {
                foreach (Match field in Field().Matches(block.Groups["fields"].Value))
                {
                    facts[$"{block.Groups["block"].Value}/{field.Groups["name"].Value}"] = field.Groups["value"].Value;
                }
            }
            else if (line.IndexOf('=') is var equals and > 0)
            {
                facts[line[..equals]] = line[(equals + 1)..].Trim();
            }
        }

        return facts;
    }

    [GeneratedRegex("^(?<block>memory[0-9]+) (?<fields>.*)$")]
    private static partial Regex Block();

    [GeneratedRegex(@"(?<name>\w+)=(?<value>""[^""]*""|\S*)")]
    private static partial Regex Field();
}

using System.Text.RegularExpressions;

namespace CxlSim.Conformance;

/// <summary>Reads "numactl -H" without free memory and without the first node's size, which no two runs share.</summary>
public sealed partial class NumactlReader : IFactReader
{
    private readonly LineReader _lines = new();

    public IReadOnlyDictionary<string, string> Read(string text, StableNames names) =>
        _lines.Read(string.Join('\n', text.TrimmedLines().Where(line => !Volatile().IsMatch(line))), names);

    [GeneratedRegex(@"^node (?:\d+ free|0 size)")]
    private static partial Regex Volatile();
}

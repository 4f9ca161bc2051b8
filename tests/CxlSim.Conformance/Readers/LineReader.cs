namespace CxlSim.Conformance;

/// <summary>Reads a list: every line that is not empty is a fact.</summary>
public sealed class LineReader : IFactReader
{
    public IReadOnlyDictionary<string, string> Read(string text, StableNames names)
    {
        OrderedDictionary<string, string> facts = [];
        foreach (string line in text.TrimmedLines())
        {
            facts[names.Replace(line)] = FactReaders.Present;
        }

        return facts;
    }
}

using CxlSim.Core;

namespace CxlSim.Platform.Yaml;

/// <summary>Keys and values in the order of the file. A key that is there twice counts once: the first.</summary>
internal sealed class YamlMapping(SourceLocation location) : YamlNode(location)
{
    private readonly List<YamlEntry> _entries = [];
    private readonly Dictionary<string, YamlEntry> _byKey = new(StringComparer.Ordinal);

    public IReadOnlyList<YamlEntry> Entries => _entries;

    public override string Kind => "a mapping";

    public bool TryAdd(YamlEntry entry)
    {
        if (!_byKey.TryAdd(entry.Key.Text, entry))
        {
            return false;
        }

        _entries.Add(entry);
        return true;
    }

    public YamlEntry? Find(string key) => _byKey.GetValueOrDefault(key);

    public bool Has(string key) => _byKey.ContainsKey(key);
}

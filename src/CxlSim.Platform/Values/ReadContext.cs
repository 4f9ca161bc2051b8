using CxlSim.Core;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Reading;

/// <summary>What one reading of one file gathers: its findings, and where in the file every described thing stands.</summary>
/// <remarks>Checks run over finished descriptions and ask here for the place of a key, so that descriptions stay free of places.</remarks>
internal sealed class ReadContext(string file)
{
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly HashSet<(YamlMapping Mapping, string Key)> _unsound = [];
    private readonly Dictionary<object, YamlMapping> _sources = new(ReferenceEqualityComparer.Instance);

    public string File { get; } = file;

    /// <summary>What files that this one names held, for a reading without them.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Given { get; init; } = new Dictionary<string, ReadOnlyMemory<byte>>();

    /// <summary>What files that this one names hold, by their names.</summary>
    public Dictionary<string, ReadOnlyMemory<byte>> Files { get; } = [];

    /// <summary>The place of findings about the file as a whole.</summary>
    public SourceLocation Start => new(File, 1, 1);

    /// <summary>Where everything stands; it goes on to grow until the reading is over.</summary>
    public PlatformSources Sources => new(Start, _sources);

    /// <summary>The findings in the order of the file, and then those about settings from outside.</summary>
    public IReadOnlyList<Diagnostic> Sorted() =>
    [
        .. _diagnostics.OrderBy(d => d.Location.File == File ? 0 : 1).ThenBy(d => d.Location.Line).ThenBy(d => d.Location.Column).ThenBy(d => d.Id, StringComparer.Ordinal),
    ];

    public void Error(string id, SourceLocation at, string message) => _diagnostics.Add(new Diagnostic(id, DiagnosticSeverity.Error, message, at));

    public void Warning(string id, SourceLocation at, string message) => _diagnostics.Add(new Diagnostic(id, DiagnosticSeverity.Warning, message, at));

    /// <summary>What was found in a file that this one includes is found here.</summary>
    public void Take(ReadContext included) => _diagnostics.AddRange(included._diagnostics);

    /// <summary>Whether something of a number was found already.</summary>
    public bool Has(string id) => _diagnostics.Exists(diagnostic => diagnostic.Id == id);

    public bool HasErrors => _diagnostics.Exists(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    /// <summary>The value of the key was reported: what stands in its place must not be reported again.</summary>
    public void MarkUnsound(YamlMapping mapping, string key) => _unsound.Add((mapping, key));

    /// <summary>Remembers from which mapping a description was made.</summary>
    public T Register<T>(T description, YamlMapping source)
        where T : class
    {
        _sources[description] = source;
        return description;
    }

    /// <summary>A description was completed, or another was derived from it: the new one stands where the old one stands.</summary>
    public T Replace<T>(object old, T replacement)
        where T : class
    {
        if (_sources.TryGetValue(old, out YamlMapping? source))
        {
            _sources[replacement] = source;
        }

        return replacement;
    }

    /// <summary>True when the file says something for the key, right or wrong.</summary>
    public bool Says(object description, string key) => _sources.TryGetValue(description, out YamlMapping? source) && source.Has(key);

    /// <summary>False when the key's value was reported or the key is missing though it is needed.</summary>
    public bool IsSound(object description, string key) => !_sources.TryGetValue(description, out YamlMapping? source) || IsSound(source, key);

    public bool IsSound(YamlMapping mapping, string key) => !_unsound.Contains((mapping, key));

    /// <summary>The place of the key's value; of the whole description where the key was left out.</summary>
    public SourceLocation PlaceOf(object description, string key) => ValueOf(description, key)?.Location ?? PlaceOf(description);

    /// <summary>The place of one item of the key's list; of the list where an item was left out and indices have shifted.</summary>
    public SourceLocation PlaceOf(object description, string key, int index) =>
        ValueOf(description, key) is YamlSequence list && IsSound(description, key) ? list.Items[index].Location : PlaceOf(description, key);

    public SourceLocation PlaceOf(object description) => _sources.TryGetValue(description, out YamlMapping? source) ? source.Location : Start;

    private YamlNode? ValueOf(object description, string key) =>
        _sources.TryGetValue(description, out YamlMapping? source) ? source.Find(key)?.Value : null;
}

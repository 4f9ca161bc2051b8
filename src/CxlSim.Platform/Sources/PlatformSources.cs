using CxlSim.Core;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform;

/// <summary>Where in the platform file each description stands, and which of its values the file states itself.</summary>
/// <remarks>Descriptions are found by reference: one that was changed after reading has no place.</remarks>
public sealed class PlatformSources
{
    /// <summary>Of a platform that no file described.</summary>
    public static readonly PlatformSources None = new(default, new Dictionary<object, YamlMapping>(ReferenceEqualityComparer.Instance));

    private readonly IReadOnlyDictionary<object, YamlMapping> _mappings;
    private readonly SourceLocation _start;

    internal PlatformSources(SourceLocation start, IReadOnlyDictionary<object, YamlMapping> mappings)
    {
        _start = start;
        _mappings = mappings;
    }

    /// <summary>Where the description stands, or what it was derived from; the file's beginning where the file says nothing of it.</summary>
    public SourceLocation LocationOf(object? description) => MappingOf(description)?.Location ?? _start;

    /// <summary>Where the file states the key's value; null where it was left out.</summary>
    public SourceLocation? Stated(object? description, string key) => MappingOf(description)?.Find(key)?.Value.Location;

    /// <summary>Where the file states one item of the key's list; null where the list was left out.</summary>
    public SourceLocation? Stated(object? description, string key, int index) => MappingOf(description)?.Find(key)?.Value switch
    {
        YamlSequence list when index < list.Items.Count => list.Items[index].Location,
        { } value => value.Location,
        null => null,
    };

    private YamlMapping? MappingOf(object? description) =>
        description is not null && _mappings.TryGetValue(description, out YamlMapping? mapping) ? mapping : null;
}

using System.Numerics;
using CxlSim.Core;
using CxlSim.Platform.Language;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Reading;

/// <summary>Reads one mapping by its known keys. A value that is absent or wrong is null; what is wrong has been reported.</summary>
internal sealed class MappingReader
{
    private readonly ReadContext _context;

    private readonly KeySet _keys;

    private MappingReader(ReadContext context, YamlMapping mapping, KeySet keys)
    {
        _context = context;
        _keys = keys;
        Mapping = mapping;
    }

    public YamlMapping Mapping { get; }

    /// <summary>Reports what is no mapping, keys that are unknown, and keys that are missing. Null for what is no mapping.</summary>
    public static MappingReader? Open(ReadContext context, YamlNode node, KeySet keys)
    {
        if (node is not YamlMapping mapping)
        {
            context.Error(Cxp.WrongKind, node.Location, $"found {node.Kind}; expected {keys.What} as a mapping");
            return null;
        }

        foreach (YamlEntry entry in mapping.Entries.Where(e => !keys.Knows(e.Key.Text)))
        {
            string hint = NearestKey.Find(entry.Key.Text, keys.All) is { } nearest ? $"did you mean '{nearest}'?" : $"known are {string.Join(", ", keys.All)}";
            context.Error(Cxp.UnknownKey, entry.Key.Location, $"unknown key '{Quote.Of(entry.Key.Text)}' in {keys.What}; {hint}");
        }

        foreach (string key in keys.Required.Where(k => !mapping.Has(k)))
        {
            context.Error(Cxp.MissingKey, mapping.Location, $"{keys.What} without '{key}'; expected that key");
            context.MarkUnsound(mapping, key);
        }

        return new MappingReader(context, mapping, keys);
    }

    /// <summary>The key of a mapping that is one of several kinds. Null where it has none or more, which is reported.</summary>
    public string? Kind()
    {
        YamlEntry[] kinds = [.. Mapping.Entries.Where(entry => _keys.Knows(entry.Key.Text))];
        if (kinds.Length == 1)
        {
            return kinds[0].Key.Text;
        }

        if (kinds.Length > 1)
        {
            _context.Error(Cxp.UnknownKey, kinds[1].Key.Location, $"found '{kinds[1].Key.Text}' beside '{kinds[0].Key.Text}' in {_keys.What}; expected one of them");
        }
        else if (Mapping.Entries.Count == 0)
        {
            _context.Error(Cxp.MissingKey, Mapping.Location, $"{_keys.What} without a kind; expected one of {string.Join(", ", _keys.All)}");
        }

        return null;
    }

    public bool Has(string key) => Mapping.Has(key);

    /// <summary>False once the key's value has been reported.</summary>
    public bool IsSound(string key) => _context.IsSound(Mapping, key);

    public YamlNode? Node(string key) => Mapping.Find(key)?.Value;

    /// <summary>A whole number within the bounds of the key, which are no wider than the type of its field. Null also where this kind of mapping has no such key.</summary>
    public T? Number<T>(string key)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T> => _keys.Knows(key) && Value(key, Whole<T>(key)) is { } value ? T.CreateChecked(value) : null;

    public ByteSize? Size(string key, ByteSize min, ByteSize max) => Value(key, text => ScalarParser.Size(text, min, max));

    public Hpa? Address(string key) => Value(key, ScalarParser.Address);

    public AddressRange? Range(string key) => Value(key, ScalarParser.Range);

    public double? Duration(string key) => Value(key, text => ScalarParser.Duration(text, ScalarParser.LongestDurationNs, "3600s"));

    /// <summary>A stretch of the memory path: none takes long, and traffic has to come to its end.</summary>
    public double? PathTime(string key) => Value(key, text => ScalarParser.Duration(text, 10_000, "10us"));

    public bool? Flag(string key) => Value(key, WordParser.Flag);

    public T? Choice<T>(string key, IReadOnlyList<(string Word, T Value)> choices)
        where T : struct => Value(key, text => WordParser.Choice(text, choices));

    /// <summary>A word, or a number for what no word stands for.</summary>
    public T? ChoiceOrNumber<T>(string key, IReadOnlyList<(string Word, T Value)> choices, T max)
        where T : struct, IBinaryInteger<T> => Value(key, text => WordParser.ChoiceOrNumber(text, choices, max));

    public string? Name(string key) => Text(key, WordParser.Name);

    /// <summary>Any text, in one line or several.</summary>
    public string? Text(string key) => Text<string>(key, text => text);

    public T? Text<T>(string key, Func<string, Parsed<T>> parse)
        where T : class => Node(key) is { } node && Scalar(key, node, parse, out T? value) ? value : null;

    public T? Value<T>(string key, Func<string, Parsed<T>> parse)
        where T : struct => Node(key) is { } node && Scalar(key, node, parse, out T value) ? value : null;

    /// <summary>A list of scalars; null when absent. A wrong item is reported and left out.</summary>
    public IReadOnlyList<T>? Values<T>(string key, Func<string, Parsed<T>> parse)
    {
        if (!Has(key))
        {
            return null;
        }

        List<T> values = [];
        foreach (YamlNode item in Items(key))
        {
            if (Scalar(key, item, parse, out T? value))
            {
                values.Add(value!);
            }
        }

        return values;
    }

    /// <summary>A list of numbers; empty when absent.</summary>
    public IReadOnlyList<T> Numbers<T>(string key)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T> => [.. (Values(key, Whole<T>(key)) ?? []).Select(T.CreateChecked)];

    /// <summary>A list of lists of numbers; empty when absent.</summary>
    public IReadOnlyList<IReadOnlyList<T>> Rows<T>(string key)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        Func<string, Parsed<ulong>> parse = Whole<T>(key);
        List<IReadOnlyList<T>> rows = [];
        foreach (YamlNode item in Items(key))
        {
            if (item is not YamlSequence row)
            {
                Refuse(key, Cxp.WrongKind, $"found {item.Kind}; expected a list of lists for '{key}'");
                break;
            }

            List<T> values = [];
            foreach (YamlNode cell in row.Items)
            {
                if (Scalar(key, cell, parse, out ulong value))
                {
                    values.Add(T.CreateChecked(value));
                }
            }

            rows.Add(values);
        }

        return rows;
    }

    /// <summary>A list of mappings, each read with its index; what cannot be read is left out. Empty when the key is absent.</summary>
    public IReadOnlyList<T> List<T>(string key, Func<YamlNode, int, T?> read)
        where T : class => [.. Items(key).Select(read).OfType<T>()];

    /// <summary>Reports that the key's value breaks a rule of its own.</summary>
    public void Refuse(string key, string id, string message)
    {
        _context.Error(id, Node(key)?.Location ?? Mapping.Location, message);
        _context.MarkUnsound(Mapping, key);
    }

    private Func<string, Parsed<ulong>> Whole<T>(string key)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        NumberShape range = _keys.Range(key);
        Check.That(range.Most <= ulong.CreateChecked(T.MaxValue), "bounds of '{0}' of {1} that its field holds", key, _keys.What);
        return text => ScalarParser.Number(text, range.Least, range.Most);
    }

    private IReadOnlyList<YamlNode> Items(string key)
    {
        YamlNode? node = Node(key);
        if (node is YamlSequence list)
        {
            return list.Items;
        }

        if (node is not null)
        {
            Refuse(key, Cxp.WrongKind, $"found {node.Kind}; expected a list for '{key}'");
        }

        return [];
    }

    private bool Scalar<T>(string key, YamlNode node, Func<string, Parsed<T>> parse, out T? value)
    {
        value = default;
        if (node is not YamlScalar { IsNull: false } scalar)
        {
            Parsed<T> empty = parse(string.Empty); // says in which words it refuses a text
            _context.Error(Cxp.WrongKind, node.Location, $"found {node.Kind} for '{key}'; expected {(empty.Fault is null ? "text" : empty.Expected)}");
            _context.MarkUnsound(Mapping, key);
            return false;
        }

        Parsed<T> parsed = parse(scalar.Text);
        if (parsed.Fault is not null)
        {
            _context.Error(parsed.Fault, node.Location, $"found '{Quote.Of(scalar.Text)}' for '{key}'; expected {parsed.Expected}");
            _context.MarkUnsound(Mapping, key);
            return false;
        }

        value = parsed.Value;
        return true;
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace CxlSim.Session;

/// <summary>A value in the file of a case: a word, a list or a mapping. It never changes; smaller ones are made of it.</summary>
public sealed class FuzzNode
{
    private readonly string? _word;
    private readonly bool _isList;
    private readonly (string Key, FuzzNode Value)[] _children;

    private FuzzNode(string? word, bool isList, (string Key, FuzzNode Value)[] children) => (_word, _isList, _children) = (word, isList, children);

    [return: NotNullIfNotNull(nameof(word))]
    public static implicit operator FuzzNode?(string? word) => word is null ? null : new FuzzNode(word, false, []);

    /// <summary>A number as a word.</summary>
    internal static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A list, item by item.</summary>
    public static FuzzNode List(IEnumerable<FuzzNode> items) => new(null, true, [.. items.Select(item => (string.Empty, item))]);

    /// <summary>A mapping; keys whose value is null are left out.</summary>
    public static FuzzNode Map(params (string Key, FuzzNode? Value)[] entries) => new(null, false, [.. entries.Where(entry => entry.Value is not null).Select(entry => (entry.Key, entry.Value!))]);

    /// <summary>How many words the value is made of.</summary>
    public int Size => _word is not null ? 1 : 1 + _children.Sum(child => child.Value.Size);

    /// <summary>The items of a list, the values of a mapping.</summary>
    public IEnumerable<FuzzNode> Items => _children.Select(child => child.Value);

    /// <summary>The value of a key; null where there is no such key.</summary>
    public FuzzNode? this[string key] => Array.Find(_children, child => child.Key == key).Value;

    /// <summary>A mapping with another value for a key.</summary>
    public FuzzNode With(string key, FuzzNode value) => new(_word, _isList, [.. _children.Where(child => child.Key != key), (key, value)]);

    /// <summary>The same with other words, but for keys.</summary>
    public FuzzNode Reworded(Func<string, string> change) => _word is not null ? new(change(_word), false, []) : new(null, _isList, [.. _children.Select(child => (child.Key, child.Value.Reworded(change)))]);

    /// <summary>Everything that is this value with something left out, the largest parts first.</summary>
    public IEnumerable<FuzzNode> Smaller()
    {
        for (int length = _isList ? Math.Max(1, _children.Length / 2) : 1; length > 0; length /= 2)
        {
            for (int from = 0; from < _children.Length; from += length)
            {
                yield return new FuzzNode(_word, _isList, [.. _children.Take(from), .. _children.Skip(from + length)]);
            }
        }

        for (int i = _children.Length - 1; i >= 0; i--) // steps come last in a file, and are most
        {
            foreach (FuzzNode child in _children[i].Value.Smaller())
            {
                (string Key, FuzzNode Value)[] children = [.. _children];
                children[i].Value = child;
                yield return new FuzzNode(_word, _isList, children);
            }
        }
    }

    /// <summary>As a file: a line for each key of the outer mappings and for each item of their lists.</summary>
    public string Render()
    {
        StringBuilder text = new();
        Append(text, string.Empty, depth: 0);
        return text.ToString();
    }

    /// <summary>In one line.</summary>
    public override string ToString() => _word is not null ? Quoted(_word)
        : _isList ? $"[{string.Join(", ", Items)}]"
        : $"{{{string.Join(", ", _children.Select(child => $"{child.Key}: {child.Value}"))}}}";

    /// <summary>Of the outermost mapping and the platform each key has a line; of their lists each item.</summary>
    private void Append(StringBuilder text, string indent, int depth)
    {
        foreach ((string key, FuzzNode value) in _children)
        {
            if (value._word is not null || value._children.Length == 0 || (!value._isList && (depth > 0 || key != "platform")))
            {
                text.Append($"{indent}{key}: {value}\n");
            }
            else if (value._isList)
            {
                text.Append($"{indent}{key}:\n");
                text.AppendJoin(string.Empty, value.Items.Select(item => $"{indent}  - {item}\n"));
            }
            else
            {
                text.Append($"{indent}{key}:\n");
                value.Append(text, indent + "  ", depth + 1);
            }
        }
    }

    private static string Quoted(string word) =>
        word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '/' or '.' or '-') ? word : $"\"{word}\"";
}

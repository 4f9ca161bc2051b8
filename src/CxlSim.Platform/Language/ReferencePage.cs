using System.Globalization;
using System.Text;
using CxlSim.Core;

namespace CxlSim.Platform.Language;

/// <summary>Writes mappings and their keys as a page to read: a section for each kind of mapping, a line for each key.</summary>
internal sealed class ReferencePage
{
    private readonly StringBuilder _text = new();
    private readonly List<KeySet> _known = [];

    public static string Write(KeySet root, string introduction)
    {
        ReferencePage page = new();
        page._text.Append(introduction);
        page._known.Add(root);

        // Sections follow in the order in which keys first lead to them; the list grows meanwhile.
        for (int i = 0; i < page._known.Count; i++)
        {
            page.Append(page._known[i]);
        }

        return page._text.ToString();
    }

    private void Append(KeySet keys)
    {
        _text.Append(CultureInfo.InvariantCulture, $"\n## {char.ToUpperInvariant(keys.What[0])}{keys.What[1..]}\n\n| Key | Value | |\n| --- | --- | --- |\n");
        foreach (Key key in keys.Keys)
        {
            string needed = key.IsRequired ? "**needed.** " : "";
            _text.Append(CultureInfo.InvariantCulture, $"| `{key.Name}` | {Of(key.Shape)} | {needed}{key.Meaning.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        }
    }

    private string Of(Shape shape) => shape switch
    {
        ScalarShape scalar => scalar.What,
        NumberShape number => Of(number),
        WordsShape words => words.Choices.Count > 8 ? $"`{words.Choices[0]}`, `{words.Choices[1]}`, ..." : string.Join(", ", words.Choices.Select(word => $"`{word}`")),
        ListShape list => $"list: {Of(list.Item)}",
        MappingShape mapping => Link(mapping.Keys()),
        EitherShape either => string.Join(" or ", either.Shapes.Select(Of)),
        MapShape map => $"{map.What}: {Of(map.Value)}",
        _ => throw new SimulatorBugException("a known kind of shape"),
    };

    private static string Of(NumberShape number) => number.Most == ulong.MaxValue ? "number"
        : string.Create(CultureInfo.InvariantCulture, $"number, {number.Least} to {(number.Most > 0xffff ? $"0x{number.Most:x}" : number.Most)}");

    private string Link(KeySet keys)
    {
        if (!_known.Exists(known => known.What == keys.What))
        {
            _known.Add(keys);
        }

        string anchor = new string([.. keys.What.Where(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-' or '_')]).Replace(' ', '-').ToLowerInvariant();
        return $"[{keys.What}](#{anchor})";
    }
}

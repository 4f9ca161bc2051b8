using System.Text;

namespace CxlSim.Platform.Writing;

/// <summary>Lines of a YAML file, indented by the blocks they stand in.</summary>
internal sealed class YamlText
{
    private readonly StringBuilder _text = new();
    private int _indent;

    public override string ToString() => _text.ToString();

    public void Line(string text) => _text.Append(' ', text.Length == 0 ? 0 : 2 * _indent).Append(text).Append('\n');

    /// <summary>Comments are one line each, whatever their text holds.</summary>
    public void Comment(string? text)
    {
        if (text is not null)
        {
            Line("# " + new string([.. text.Select(letter => letter is < ' ' or (>= '\x7f' and <= '\xa0') or '\u2028' or '\u2029' or '\ufeff' or > '\ufffc' ? '?' : letter)]));
        }
    }

    public void Block(string head, Action body)
    {
        Line(head);
        _indent++;
        body();
        _indent--;
    }

    /// <summary>A key with a list of entries, a line for each; nothing where there are none.</summary>
    public void List(string key, IEnumerable<string> entries)
    {
        string[] lines = [.. entries];
        if (lines.Length > 0)
        {
            Block(key + ":", () => Array.ForEach(lines, entry => Line("- " + entry)));
        }
    }

    /// <summary>A list that is something else empty than left out, which is null.</summary>
    public void ListIfSaid(string key, IEnumerable<string>? entries)
    {
        if (entries is not null && !entries.Any())
        {
            Entry(key, "[]");
            return;
        }

        List(key, entries ?? []);
    }

    public void Entry(string key, string? value)
    {
        if (value is not null)
        {
            Line($"{key}: {value}");
        }
    }
}

using System.Globalization;
using System.Text;

namespace CxlSim.Views;

/// <summary>Writes JSON as json-c writes it in its pretty form: two spaces a level, nothing behind a colon, slashes escaped.</summary>
internal static class JsonText
{
    private const int Indent = 2;

    public static string Render(object value)
    {
        StringBuilder text = new();
        Write(text, value, 0);
        return text.Append('\n').ToString();
    }

    private static void Write(StringBuilder text, object value, int level)
    {
        switch (value)
        {
            case JsonMap map:
                WriteMembers(text, '{', map.Entries, '}', level, entry =>
                {
                    WriteString(text, entry.Key);
                    text.Append(':');
                    Write(text, entry.Value, level + 1);
                });
                break;
            case IReadOnlyList<object> list:
                WriteMembers(text, '[', list, ']', level, item => Write(text, item, level + 1));
                break;
            case string word:
                WriteString(text, word);
                break;
            case bool truth:
                text.Append(truth ? "true" : "false");
                break;
            default:
                text.Append(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static void WriteMembers<T>(StringBuilder text, char open, IReadOnlyList<T> members, char close, int level, Action<T> write)
    {
        text.Append(open);
        for (int i = 0; i < members.Count; i++)
        {
            text.Append(i > 0 ? "," : string.Empty).Append('\n').Append(' ', Indent * (level + 1));
            write(members[i]);
        }

        if (members.Count > 0)
        {
            text.Append('\n').Append(' ', Indent * level);
        }

        text.Append(close);
    }

    private static void WriteString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (char letter in value)
        {
            text.Append(letter switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '/' => "\\/",
                '\b' => "\\b",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\f' => "\\f",
                < ' ' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"),
                _ => letter.ToString(),
            });
        }

        text.Append('"');
    }
}

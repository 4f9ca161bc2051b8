namespace CxlSim.Cli.Tests;

/// <summary>A terminal whose keys are written down beforehand, and which keeps the screen as a person would see it.</summary>
internal sealed class ScriptedTerminal : ITerminal
{
    private readonly Queue<ConsoleKeyInfo> _keys;
    private readonly List<char[]> _rows = [];
    private int _row;
    private int _column;

    /// <param name="keys">Letters; <c>{Left}</c>, <c>{^A}</c> and <c>{!b}</c> for keys, those with Ctrl and those with Alt.</param>
    /// <param name="width">Columns.</param>
    public ScriptedTerminal(string keys, int width = 80)
    {
        Width = width;
        _keys = new Queue<ConsoleKeyInfo>(Keys(keys));
    }

    /// <summary>A key is about to be waited for.</summary>
    public event Action? Waiting;

    public int Width { get; }

    public bool HasInterruptKey { get; set; }

    public int Bells { get; private set; }

    /// <summary>Rows down to the last one that has something, without the blanks at their ends.</summary>
    public string Screen => string.Join('\n', _rows.Select(row => new string(row).TrimEnd())).TrimEnd('\n');

    /// <summary>The screen as it was when a key was waited for, blanks at the end of its last row included.</summary>
    public List<string> Screens { get; } = [];

    public (int Row, int Column) Cursor => (_row, _column);

    public ConsoleKeyInfo? ReadKey()
    {
        Waiting?.Invoke();
        Screens.Add(Screen.PadRight(Screen.LastIndexOf('\n') + 1 + (_row == Screen.Count(letter => letter == '\n') ? _column : 0)));
        return _keys.TryDequeue(out ConsoleKeyInfo key) ? key : null;
    }

    public void Write(string text)
    {
        for (int at = 0; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '\a': Bells++; break;
                case '\r': _column = 0; break;
                case '\n': (_row, _column) = (_row + 1, 0); break;
                case '\x1b': at = Escape(text, at + 2); break;
                default: Put(text[at]); break;
            }
        }
    }

    /// <summary>A full row is left with the next letter only, as real terminals do.</summary>
    private void Put(char letter)
    {
        if (_column == Width)
        {
            (_row, _column) = (_row + 1, 0);
        }

        Row(_row)[_column++] = letter;
    }

    private int Escape(string text, int start)
    {
        int end = start;
        while (char.IsDigit(text[end]))
        {
            end++;
        }

        int count = end > start ? int.Parse(text[start..end], System.Globalization.CultureInfo.InvariantCulture) : 1;
        switch (text[end])
        {
            case 'A': _row -= count; break;
            case 'C': _column += count; break;
            case 'H': (_row, _column) = (0, 0); break;
            case 'J': Erase(count == 2); break;
            default: throw new ArgumentException($"a sequence that nobody asked for: {text[start..]}");
        }

        _row.Should().BeGreaterThanOrEqualTo(0);
        _column.Should().BeLessThan(Width);
        return end;
    }

    private void Erase(bool all)
    {
        for (int row = all ? 0 : _row; row < _rows.Count; row++)
        {
            Row(row).AsSpan(!all && row == _row ? Math.Min(_column, Width - 1) : 0).Fill(' ');
        }
    }

    private char[] Row(int index)
    {
        while (_rows.Count <= index)
        {
            char[] row = new char[Width];
            row.AsSpan().Fill(' ');
            _rows.Add(row);
        }

        return _rows[index];
    }

    private static IEnumerable<ConsoleKeyInfo> Keys(string script)
    {
        for (int at = 0; at < script.Length; at++)
        {
            if (script[at] == '{')
            {
                int end = script.IndexOf('}', at);
                yield return Named(script[(at + 1)..end]);
                at = end;
            }
            else
            {
                yield return new ConsoleKeyInfo(script[at], char.IsAsciiLetter(script[at]) ? Enum.Parse<ConsoleKey>(char.ToUpperInvariant(script[at]).ToString()) : default, false, false, false);
            }
        }
    }

    private static ConsoleKeyInfo Named(string name)
    {
        bool control = name[0] == '^';
        bool alt = name[0] == '!';
        string key = control || alt ? name[1..] : name;
        char letter = key == "Esc" ? '\x1b' : key.Length > 1 ? '\0' : control ? (char)(char.ToUpperInvariant(key[0]) - '@') : key[0];
        return new ConsoleKeyInfo(letter, KeyOf(key), false, alt, control);
    }

    private static ConsoleKey KeyOf(string name) => name switch
    {
        "Left" or "Right" or "Up" or "Down" => Enum.Parse<ConsoleKey>(name + "Arrow"),
        "Esc" => ConsoleKey.Escape,
        _ => Enum.Parse<ConsoleKey>(name.Length == 1 ? name.ToUpperInvariant() : name),
    };
}

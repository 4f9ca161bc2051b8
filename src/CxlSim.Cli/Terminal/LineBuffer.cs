namespace CxlSim.Cli;

/// <summary>A line under edit, and the place in it where the next letter goes.</summary>
internal sealed class LineBuffer
{
    public string Text { get; private set; } = string.Empty;

    /// <summary>Letters before the cursor.</summary>
    public int Cursor { get; private set; }

    /// <summary>Where the word before the cursor begins. A word ends at a blank or at a slash, so that a path goes name by name.</summary>
    public int WordBefore
    {
        get
        {
            int at = Cursor;
            while (at > 0 && IsBetweenWords(Text[at - 1]))
            {
                at--;
            }

            while (at > 0 && !IsBetweenWords(Text[at - 1]))
            {
                at--;
            }

            return at;
        }
    }

    /// <summary>Where the word at the cursor, or else the next one, ends.</summary>
    public int WordAfter
    {
        get
        {
            int at = Cursor;
            while (at < Text.Length && IsBetweenWords(Text[at]))
            {
                at++;
            }

            while (at < Text.Length && !IsBetweenWords(Text[at]))
            {
                at++;
            }

            return at;
        }
    }

    /// <summary>Another line, with the cursor behind it.</summary>
    public void Set(string text) => (Text, Cursor) = (text, text.Length);

    /// <summary>To a place, or as near as the line has one.</summary>
    public void MoveTo(int place) => Cursor = Math.Clamp(place, 0, Text.Length);

    public void Insert(string text)
    {
        Text = Text.Insert(Cursor, text);
        Cursor += text.Length;
    }

    /// <summary>Takes away what stands between two places; the cursor goes to the first. Nothing beyond the ends of the line.</summary>
    public void Delete(int start, int end)
    {
        start = Math.Clamp(start, 0, Text.Length);
        Text = Text.Remove(start, Math.Clamp(end, start, Text.Length) - start);
        Cursor = start;
    }

    private static bool IsBetweenWords(char letter) => letter is ' ' or '/';
}

using System.Globalization;
using System.Text;

namespace CxlSim.Cli;

/// <summary>Shows a prompt and a line over as many rows as they need, a letter to a column, again and again in the same place.</summary>
internal sealed class LineScreen(ITerminal terminal)
{
    private const string EraseBelow = "\x1b[J";
    private const string ClearAll = "\x1b[H\x1b[2J";

    /// <summary>Letters from the prompt's first to where the cursor was left.</summary>
    private int _cursor;

    /// <param name="prompt">What stands before the line.</param>
    /// <param name="text">The line.</param>
    /// <param name="cursor">Letters of the line before the cursor.</param>
    public void Draw(string prompt, string text, int cursor)
    {
        int width = terminal.Width;
        int end = prompt.Length + text.Length;
        int goal = prompt.Length + cursor;
        StringBuilder drawn = new();
        drawn.Append(Move(_cursor / width, 'A')).Append('\r').Append(prompt).Append(text);
        if (end > 0 && end % width == 0)
        {
            drawn.Append(" \r"); // a terminal waits in a full row; only one letter more brings it to the next
        }

        drawn.Append(EraseBelow);
        if (goal != end)
        {
            drawn.Append(Move((end / width) - (goal / width), 'A')).Append('\r').Append(Move(goal % width, 'C'));
        }

        terminal.Write(drawn.ToString());
        _cursor = goal;
    }

    /// <summary>Goes to the row below what was drawn; the next drawing begins there.</summary>
    public void Leave(string prompt, string text)
    {
        Draw(prompt, text, text.Length);
        Forget();
        if ((prompt.Length + text.Length) % terminal.Width != 0)
        {
            terminal.Write("\n");
        }
    }

    /// <summary>Empties the whole screen.</summary>
    public void Clear()
    {
        terminal.Write(ClearAll);
        Forget();
    }

    private void Forget() => _cursor = 0;

    private static string Move(int count, char way) => count > 0 ? string.Create(CultureInfo.InvariantCulture, $"\x1b[{count}{way}") : string.Empty;
}

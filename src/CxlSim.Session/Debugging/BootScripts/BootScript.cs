using System.Text;

namespace CxlSim.Session;

/// <summary>A run from power-on to its end as a text that a cursor can go through: phases, functions with their file of Linux, and what happens to objects, line by line.</summary>
/// <param name="lines">In the order in which they happen.</param>
public sealed class BootScript(IReadOnlyList<BootScriptLine> lines)
{
    private const int Indent = 2;
    private const int Column = 64;

    public IReadOnlyList<BootScriptLine> Lines => lines;

    /// <summary>The last line that has happened at a point, from 0; the first where none has.</summary>
    public int IndexAt(DebugPosition position)
    {
        int low = 0;
        int high = lines.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = lines[middle].Position <= position ? (middle + 1, high) : (low, middle);
        }

        return Math.Max(0, low - 1);
    }

    /// <summary>The line of what a breakpoint met; the last that has happened at its point where it has none of its own.</summary>
    public int IndexOf(BreakHit hit, DebugPosition position)
    {
        int last = IndexAt(position);
        int index = last;
        while (index >= 0 && lines[index].Position == lines[last].Position && lines[index].Key != hit.Line)
        {
            index--;
        }

        return index >= 0 && lines[index].Key == hit.Line ? index : last;
    }

    /// <summary>The last line up to an index that enters a function or begins a phase; that index where there is none.</summary>
    public int IndexOf(string text, int upTo)
    {
        for (int index = upTo; index >= 0; index--)
        {
            if (lines[index].Text == text)
            {
                return index;
            }
        }

        return upTo;
    }

    /// <summary>The lines, the files of Linux in a column of their own.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        foreach (BootScriptLine line in lines)
        {
            string what = new string(' ', Indent * line.Depth) + line.Text;
            text.Append(line.Source.Length > 0 ? $"{what.PadRight(Column - 1)} {line.Source}" : what).Append('\n');
        }

        return text.ToString();
    }
}

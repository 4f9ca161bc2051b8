using System.Globalization;
using System.Text;

namespace CxlSim.Cli;

/// <summary>The words that a person may choose from, in columns.</summary>
internal static class CompletionList
{
    private const int Most = 100;
    private const int Gap = 2;

    /// <summary>Of paths in one directory only the names. Ends with a line end.</summary>
    public static string Render(Completion completion, int width)
    {
        int directory = completion.Common.LastIndexOf('/') + 1;
        string[] names = [.. completion.Words.Take(Most).Select(word => word[directory..])];
        int column = names.Max(name => name.Length) + Gap;
        int columns = Math.Max(1, width / column);
        StringBuilder list = new();
        foreach (string[] row in names.Chunk(columns))
        {
            list.Append(string.Concat(row.Select(name => name.PadRight(column))).TrimEnd()).Append('\n');
        }

        int rest = completion.Words.Count - names.Length;
        return rest > 0 ? list.Append(CultureInfo.InvariantCulture, $"and {rest} more\n").ToString() : list.ToString();
    }
}

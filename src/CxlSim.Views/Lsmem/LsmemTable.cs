using System.Text;

namespace CxlSim.Views;

/// <summary>Rows of cells in the forms that util-linux has for tables.</summary>
internal static class LsmemTable
{
    /// <summary>What the column of sizes would be, if its heading and its cells left it the choice.</summary>
    private const int SizeWidth = 5;

    /// <summary>Columns as wide as their widest cell; a last cell that is empty is not filled up. A table without rows is nothing.</summary>
    public static void Aligned(StringBuilder text, IReadOnlyList<LsmemColumn> columns, IReadOnlyList<string> headings, IReadOnlyList<string[]> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        int[] widths = [.. columns.Select((column, i) => Width(column, headings.Count > 0 ? headings[i].Length : 0, rows.Max(row => row[i].Length)))];
        foreach (IReadOnlyList<string> row in headings.Count > 0 ? rows.Prepend(headings) : rows)
        {
            for (int i = 0; i < columns.Count; i++)
            {
                bool isLast = i == columns.Count - 1;
                string cell = columns[i] == LsmemColumn.Range ? row[i].PadRight(isLast ? 0 : widths[i]) : row[i].PadLeft(isLast && row[i].Length == 0 ? 0 : widths[i]);
                text.Append(cell).Append(isLast ? '\n' : ' ');
            }
        }
    }

    public static void Raw(StringBuilder text, IReadOnlyList<string> headings, IReadOnlyList<string[]> rows) =>
        text.AppendJoin(string.Empty, (headings.Count > 0 ? rows.Prepend(headings) : rows).Select(row => string.Join(' ', row) + "\n"));

    public static void Pairs(StringBuilder text, IReadOnlyList<LsmemColumn> columns, IReadOnlyList<string[]> rows) =>
        text.AppendJoin(string.Empty, rows.Select(row => string.Join(' ', columns.Select((column, i) => $"{LsmemColumns.Heading(column)}=\"{row[i]}\"")) + "\n"));

    /// <param name="text">Where it goes.</param>
    /// <param name="columns">The keys.</param>
    /// <param name="rows">The cells.</param>
    /// <param name="bytes">Sizes are numbers.</param>
    public static void Json(StringBuilder text, IReadOnlyList<LsmemColumn> columns, IReadOnlyList<string[]> rows, bool bytes)
    {
        IEnumerable<string> objects = rows.Select(row =>
            "{\n" + string.Join(",\n", columns.Select((column, i) => $"         \"{LsmemColumns.Heading(column).ToLowerInvariant()}\": {Value(column, row[i], bytes)}")) + "\n      }");
        text.Append("{\n   \"memory\": [\n      ").AppendJoin(",", objects).Append("\n   ]\n}\n");
    }

    /// <summary>Cells that are narrower than their heading keep the size from what it would be.</summary>
    private static int Width(LsmemColumn column, int heading, int widest) =>
        widest < heading ? heading : column == LsmemColumn.Size && heading < SizeWidth ? Math.Max(widest, SizeWidth) : widest;

    private static string Value(LsmemColumn column, string cell, bool bytes) => column switch
    {
        LsmemColumn.Removable => cell == "yes" ? "true" : "false",
        LsmemColumn.Node => cell.Length > 0 ? cell : "null",
        LsmemColumn.Size when bytes => cell,
        _ => $"\"{cell}\"",
    };
}

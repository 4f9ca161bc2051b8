using System.Globalization;

namespace CxlSim.Conformance;

/// <summary>The numbers of a report as rows of cells, for a terminal or for a document.</summary>
internal sealed class ReportTable(ConformanceReport report)
{
    private static readonly string[] Heading = ["file", "agree", "differ", "missing", "extra", "facts", "percent", "note"];

    private readonly string[][] _rows =
    [
        .. report.Files.Select(file => Row(file.File, file.Tally, file.Modelled ? "" : "not yet modelled")),
        .. report.Unrecorded.Select(file => Row(file.File, file.Tally, "not recorded, not counted")),
        Row("total", report.Total, ""),
    ];

    public IEnumerable<string> TextRows()
    {
        string[][] rows = [Heading, .. _rows];
        int[] widths = [.. Heading.Select((_, column) => rows.Max(row => row[column].Length))];
        return rows.Select(row => string.Join("  ", row.Select((cell, column) => Pad(cell, column, widths[column]))).TrimEnd());
    }

    public IEnumerable<string> MarkdownRows() =>
        [Line(Heading), Line([.. Heading.Select((_, column) => IsNumber(column) ? "---:" : "---")]), .. _rows.Select(Line)];

    private static string[] Row(string name, FactTally tally, string note) =>
        [name, .. new[] { tally.Agree, tally.Differ, tally.Missing, tally.Extra, tally.Facts }.Select(Text), Percent(tally), note];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Percent(FactTally tally) => tally.Percent?.ToString("0.00", CultureInfo.InvariantCulture) ?? "-";

    private static string Pad(string cell, int column, int width) => IsNumber(column) ? cell.PadLeft(width) : cell.PadRight(width);

    private static bool IsNumber(int column) => column > 0 && column < Heading.Length - 1;

    private static string Line(string[] cells) => $"| {string.Join(" | ", cells)} |";
}

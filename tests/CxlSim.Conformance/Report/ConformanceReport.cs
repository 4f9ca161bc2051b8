using System.Text;

namespace CxlSim.Conformance;

/// <summary>
/// What comparing two captures found. <see cref="Files"/> are the recorded files; <see cref="Unrecorded"/> are files that only ours has:
/// shown, but not counted, since a recording need not hold every file.
/// </summary>
public sealed record ConformanceReport(IReadOnlyList<FactComparison> Files, IReadOnlyList<FactComparison> Unrecorded)
{
    public FactTally Total { get; } = Files.Aggregate(default(FactTally), (sum, file) => sum + file.Tally);

    /// <summary>The comparison of one file.</summary>
    public FactComparison this[string file] => Files.Single(comparison => comparison.File == file);

    /// <summary>A table, then the differences of every file, as many per file as asked for.</summary>
    public string ToText(int differencesPerFile = 5)
    {
        StringBuilder text = new();
        foreach (string row in new ReportTable(this).TextRows())
        {
            text.Append(row).Append('\n');
        }

        foreach (FactComparison file in Described)
        {
            text.Append($"\n{file.File}\n").AppendJoin("", Shown(file, differencesPerFile).Select(line => $"  {line}\n"));
        }

        return text.ToString();
    }

    /// <summary>The same as a section of a document.</summary>
    public string ToMarkdown(string title, int differencesPerFile = 20)
    {
        StringBuilder text = new($"## {title}\n\n");
        foreach (string row in new ReportTable(this).MarkdownRows())
        {
            text.Append(row).Append('\n');
        }

        foreach (FactComparison file in Described)
        {
            text.Append($"\n### {file.File}\n\n```text\n").AppendJoin("", Shown(file, differencesPerFile).Select(line => $"{line}\n")).Append("```\n");
        }

        return text.ToString();
    }

    public override string ToString() => ToText();

    // To list every fact of a file that nobody has modelled would drown the rest.
    private IEnumerable<FactComparison> Described => Files.Concat(Unrecorded).Where(file => file.Modelled && file.Differences.Count > 0);

    private static IEnumerable<string> Shown(FactComparison file, int limit)
    {
        IEnumerable<string> shown = file.Differences.Take(limit).Select(difference => difference.ToString());
        return file.Differences.Count > limit ? shown.Append($"... and {file.Differences.Count - limit} more") : shown;
    }
}

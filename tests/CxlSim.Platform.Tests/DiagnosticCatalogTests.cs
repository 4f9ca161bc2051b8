using CxlSim.Core;

namespace CxlSim.Platform.Tests;

/// <summary>The catalogue, the document and what the reader reports are one.</summary>
public class DiagnosticCatalogTests
{
    private static readonly IReadOnlyList<string[]> Rows =
    [
        .. File.ReadLines(RepositoryRoot.File("docs/DIAGNOSTICS.md"))
            .Where(line => line.StartsWith("| CXP", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1..^1]),
    ];

    [Fact]
    public void Document_ListsTheCatalogue() =>
        Rows.Select(row => string.Join(" | ", row.Take(3))).Should().Equal(
            DiagnosticCatalog.All.Select(d => $"{d.Number} | {(d.Severity == DiagnosticSeverity.Error ? "error" : "warning")} | {d.Title}"));

    [Fact]
    public void Numbers_AreInOrderAndWithoutGaps() =>
        DiagnosticCatalog.All.Select(d => d.Number).Should().Equal(Enumerable.Range(1, DiagnosticCatalog.All.Count).Select(n => $"CXP{n:d4}"));

    /// <summary>The example stands in backquotes; what is only words, as for a file that cannot be read, has none.</summary>
    [Fact]
    public void Example_GivesItsOwnNumber_WithItsOwnSeverity()
    {
        foreach (string[] row in Rows.Where(row => row[3].StartsWith('`')))
        {
            string example = row[3].Trim('`').Replace("\\n", "\n").Replace("\\t", "\t");
            Diagnostic found = Given.Reading(example).Diagnostics.Should().ContainSingle(example).Subject;
            found.Id.Should().Be(row[0], example);
            found.Severity.Should().Be(DiagnosticCatalog.All.Single(d => d.Number == row[0]).Severity, example);
        }
    }
}

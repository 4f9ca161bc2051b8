using CxlSim.Core;

namespace CxlSim.Session.Tests;

/// <summary>The catalogue of an import's diagnostics and the document are one.</summary>
public class ImportCatalogTests
{
    [Fact]
    public void Document_ListsTheCatalogue() =>
        File.ReadLines(RepositoryRoot.File("docs/DIAGNOSTICS.md")).Where(line => line.StartsWith("| CXI", StringComparison.Ordinal))
            .Should().Equal(ImportCatalog.All.Select(d => $"| {d.Number} | {(d.Severity == DiagnosticSeverity.Error ? "error" : "warning")} | {d.Title} |"));

    [Fact]
    public void Numbers_AreInOrderAndWithoutGaps() =>
        ImportCatalog.All.Select(d => d.Number).Should().Equal(Enumerable.Range(1, ImportCatalog.All.Count).Select(n => $"CXI{n:d4}"));
}

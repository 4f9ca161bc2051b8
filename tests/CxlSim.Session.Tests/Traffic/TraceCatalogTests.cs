using CxlSim.Core;

namespace CxlSim.Session.Tests.Traffic;

/// <summary>The catalogue of a trace's diagnostics and the document are one.</summary>
public class TraceCatalogTests
{
    [Fact]
    public void Document_ListsTheCatalogue() =>
        File.ReadLines(RepositoryRoot.File("docs/DIAGNOSTICS.md")).Where(line => line.StartsWith("| CXT", StringComparison.Ordinal))
            .Should().Equal(TraceCatalog.All.Select(d => $"| {d.Number} | {(d.Severity == DiagnosticSeverity.Error ? "error" : "warning")} | {d.Title} |"));

    [Fact]
    public void Numbers_AreInOrderAndWithoutGaps() =>
        TraceCatalog.All.Select(d => d.Number).Should().Equal(Enumerable.Range(1, TraceCatalog.All.Count).Select(n => $"CXT{n:d4}"));
}

using CxlSim.Core;

namespace CxlSim.Session.Tests;

/// <summary>The catalogue of a recording's diagnostics and the document are one.</summary>
public class RecordingCatalogTests
{
    [Fact]
    public void Document_ListsTheCatalogue() =>
        File.ReadLines(RepositoryRoot.File("docs/DIAGNOSTICS.md")).Where(line => line.StartsWith("| CXR", StringComparison.Ordinal))
            .Should().Equal(RecordingCatalog.All.Select(d => $"| {d.Number} | {(d.Severity == DiagnosticSeverity.Error ? "error" : "warning")} | {d.Title} |"));

    [Fact]
    public void Numbers_AreInOrderAndWithoutGaps() =>
        RecordingCatalog.All.Select(d => d.Number).Should().Equal(Enumerable.Range(1, RecordingCatalog.All.Count).Select(n => $"CXR{n:d4}"));
}

namespace CxlSim.Kernel.Tests;

/// <summary>The catalogue of rules and the document are one.</summary>
public sealed class KernelRulesTests
{
    [Fact]
    public void Document_ListsTheCatalogue() =>
        File.ReadLines(RepositoryRoot.File("docs/DIAGNOSTICS.md")).Where(line => line.StartsWith("| CXK", StringComparison.Ordinal))
            .Should().Equal(
                KernelRules.All.Select(rule => $"| {rule.Number} | {rule.Title} | {rule.Effect} | `{rule.Source}` |")
                    .Concat(RefusalRules.All.Select(rule => $"| {rule.Number} | {rule.Title} | {rule.Effect} | `{rule.Function}` | `{rule.Source}` |")));

    [Fact]
    public void Numbers_AreInOrderAndWithoutGaps() =>
        KernelRules.All.Concat(RefusalRules.All).Select(rule => rule.Number).Should().Equal(Enumerable.Range(1, KernelRules.All.Count + RefusalRules.All.Count).Select(n => $"CXK{n:d4}"));
}

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
    public void Numbers_AreWithoutGaps_AndInOrder()
    {
        string[] ofTheMachine = [.. KernelRules.All.Select(rule => rule.Number)];
        string[] ofCalls = [.. RefusalRules.All.Select(rule => rule.Number)];

        ofTheMachine.Should().BeInAscendingOrder(StringComparer.Ordinal);
        ofCalls.Should().BeInAscendingOrder(StringComparer.Ordinal);
        ofTheMachine.Concat(ofCalls).Order(StringComparer.Ordinal).Should().Equal(Enumerable.Range(1, ofTheMachine.Length + ofCalls.Length).Select(n => $"CXK{n:d4}"));
    }
}

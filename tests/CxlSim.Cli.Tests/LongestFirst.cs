using Xunit.Abstractions;

[assembly: TestCollectionOrderer("CxlSim.Cli.Tests.LongestFirst", "CxlSim.Cli.Tests")]

namespace CxlSim.Cli.Tests;

/// <summary>The order in which test classes begin: those that take longest first, or a thread would be left alone with one of them.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly Type[] Longest = [typeof(ListedStateTests), typeof(ListTests), typeof(NdctlTests), typeof(RecordingsTests), typeof(ShowTests), typeof(ReportPageTests), typeof(PageTests), typeof(InterruptTests), typeof(HelpTests)];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(collection => Array.FindIndex(Longest, type => collection.DisplayName.EndsWith($" {type.FullName}", StringComparison.Ordinal)) is var rank and >= 0 ? rank : Longest.Length);
}

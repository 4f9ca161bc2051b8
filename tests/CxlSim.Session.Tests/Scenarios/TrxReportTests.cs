using System.Xml.Linq;

namespace CxlSim.Session.Tests;

/// <summary>TRX beside what <c>dotnet test --logger trx</c> (.NET 10, xunit) wrote of a project with a test that passes and one that fails: dotnet-test.trx.</summary>
public class TrxReportTests
{
    private static readonly XDocument Recorded = XDocument.Load(RepositoryRoot.File("tests/CxlSim.Session.Tests/Scenarios/dotnet-test.trx"));

    [Fact]
    public void ElementsAndAttributes_AreThoseOfDotnetTest()
    {
        HashSet<string> known = [.. Names(Recorded)];
        foreach (ScenarioReport report in new[] { ScenarioReport.Of([]), GivenReport.Mixed, GivenReport.Awful })
        {
            Names(XDocument.Parse(TrxReport.Render(report))).Should().BeSubsetOf(known);
        }
    }

    /// <summary>Their order too: readers of .NET take a sequence.</summary>
    [Fact]
    public void Parts_StandInTheOrderOfDotnetTest()
    {
        string[] parts = [.. Parts(XDocument.Parse(TrxReport.Render(GivenReport.Mixed)))];
        Parts(Recorded).Where(parts.Contains).Should().Equal(parts);
    }

    [Fact]
    public void ConstantIds_AreThoseOfDotnetTest()
    {
        XDocument ours = XDocument.Parse(TrxReport.Render(GivenReport.Mixed));
        Values(ours, "UnitTestResult", "testType").Distinct().Should().Equal(Values(Recorded, "UnitTestResult", "testType").Distinct());
        Values(ours, "TestList", "id").Should().BeSubsetOf(Values(Recorded, "TestList", "id"));
        Values(ours, "UnitTestResult", "outcome").Distinct().Should().BeEquivalentTo(Values(Recorded, "UnitTestResult", "outcome").Distinct());
        Values(ours, "ResultSummary", "outcome").Should().Equal(Values(Recorded, "ResultSummary", "outcome"));
    }

    /// <summary>Also where two reports have one case with different results.</summary>
    [Fact]
    public void Ids_AreUniqueAndLeadToEachOther()
    {
        ScenarioReport report = ScenarioReport.Merge([GivenReport.Mixed, ScenarioReport.Of([GivenReport.Case("b.yaml", "good", ReportedCase.Failed, GivenReport.Failure("x"))])]);
        XDocument trx = XDocument.Parse(TrxReport.Render(report));

        string[] tests = [.. Values(trx, "UnitTest", "id")];
        tests.Should().HaveCount(5).And.OnlyHaveUniqueItems();
        Values(trx, "Execution", "id").Should().OnlyHaveUniqueItems();
        (Values(trx, "UnitTestResult", "testId"), Values(trx, "TestEntry", "testId")).Should().BeEquivalentTo((tests, tests));
        Values(trx, "UnitTestResult", "executionId").Should().Equal(Values(trx, "Execution", "id")).And.Equal(Values(trx, "TestEntry", "executionId"));
    }

    [Fact]
    public void Failure_HoldsItsCause()
    {
        XDocument trx = XDocument.Parse(TrxReport.Render(GivenReport.Mixed));
        Elements(trx, "Message").Select(message => message.Value).Should().Contain(text =>
            text.Contains("steps.yaml:12:69: region0/size: expected '1', found '2'\nwhy it was refused\n") && text.Contains("steps.yaml:12:69: second") && text.Contains(GivenReport.Explanation));
        Elements(trx, "Counters").Single().Attributes().Select(count => $"{count.Name} {count.Value}").Should().Equal("total 4", "executed 4", "passed 1", "failed 3");
    }

    private static IEnumerable<XElement> Elements(XDocument trx, string name) => trx.Descendants().Where(element => element.Name.LocalName == name);

    private static IEnumerable<string> Values(XDocument trx, string element, string attribute) => Elements(trx, element).Select(found => found.Attribute(attribute)!.Value);

    private static IEnumerable<string> Parts(XDocument trx) => trx.Root!.Elements().Select(element => element.Name.LocalName);

    /// <summary>Each element and each attribute by its way from the root.</summary>
    private static IEnumerable<string> Names(XDocument trx) => trx.Descendants().SelectMany(element =>
    {
        string way = string.Join('/', element.AncestorsAndSelf().Reverse().Select(above => above.Name));
        return element.Attributes().Select(attribute => $"{way}@{attribute.Name}").Append(way);
    });
}

using System.Xml.Linq;
using System.Xml.Schema;

namespace CxlSim.Session.Tests;

/// <summary>JUnit XML as Jenkins and others read it.</summary>
public class JUnitReportTests
{
    /// <summary>What reports here use of it, all of which must be there.</summary>
    private const string Own = "tests/CxlSim.Session.Tests/Scenarios/junit.xsd";

    /// <summary>What Jenkins takes.</summary>
    private const string Jenkins = "tests/schemas/jenkins-junit-10.xsd";

    [Theory]
    [InlineData(Own)]
    [InlineData(Jenkins)]
    public void Reports_AreOfTheSchema(string schema)
    {
        ScenarioReport[] reports = [ScenarioReport.Of([]), GivenReport.Mixed, GivenReport.Awful];
        reports.SelectMany(report => Faults(schema, JUnitReport.Render(report))).Should().BeEmpty();
    }

    /// <summary>That a schema asks anything at all.</summary>
    [Theory]
    [InlineData(Own, " name=\"good\"")]
    [InlineData(Jenkins, " name=\"good\"")]
    [InlineData(Jenkins, " name=\"a.yaml\"")]
    [InlineData(Own, " classname=")]
    public void Schema_RefusesWhatIsLeftOut(string schema, string what) => Faults(schema, JUnitReport.Render(GivenReport.Mixed).Replace(what, what.EndsWith('=') ? " class=" : "", StringComparison.Ordinal)).Should().NotBeEmpty();

    [Fact]
    public void Suites_CountWhatTheyHold()
    {
        XElement root = XDocument.Parse(JUnitReport.Render(GivenReport.Mixed)).Root!;
        root.DescendantsAndSelf().Where(element => element.Attribute("tests") is not null)
            .Select(suite => $"{suite.Attribute("name")!.Value} {suite.Attribute("tests")!.Value} {suite.Attribute("failures")!.Value} {suite.Attribute("errors")!.Value}")
            .Should().Equal("cxlsim 4 1 2", "a.yaml 2 0 2", "b.yaml 2 1 0");
    }

    /// <summary>Who has nothing but the report finds the line, what was expected, what was found, why, and what became of the machine.</summary>
    [Fact]
    public void Failure_HoldsItsCause()
    {
        XElement failure = XDocument.Parse(JUnitReport.Render(GivenReport.Mixed)).Descendants("failure").Single();

        failure.Attribute("message")!.Value.Should().Be("region0/size: expected '1', found '2'");
        failure.Value.Should().Be($"""
            steps.yaml:12:69: region0/size: expected '1', found '2'
            why it was refused
            steps.yaml:12:69: second

            {GivenReport.Explanation}
            """);
    }

    /// <summary>XML 1.0 has no control characters but tab and line breaks, and no halves of characters; all else comes back as it was.</summary>
    [Fact]
    public void HostileName_ComesBackButForWhatXmlCannotHave()
    {
        string name = XDocument.Parse(JUnitReport.Render(GivenReport.Awful)).Descendants("testcase").First(found => found.Attribute("name")!.Value.Length < 100).Attribute("name")!.Value;
        name.Should().Be("\ufffd\ufffd\ufffd[31m<a b='c' d=\"e\">&amp;]]>\\u0041\ufffd\uD83D\uDE00\ufffd{0}%s\r\n\t\u0085\u202e[x]");
    }

    private static List<string> Faults(string schema, string xml)
    {
        XmlSchemaSet schemas = new();
        schemas.Add(null, RepositoryRoot.File(schema));
        List<string> faults = [];
        XDocument.Parse(xml).Validate(schemas, (_, fault) => faults.Add(fault.Message));
        return faults;
    }
}

using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CxlSim.Session.Tests;

/// <summary>What SARIF 2.1.0 (OASIS Standard) asks of a log, by its sections.</summary>
public partial class ScenarioSarifTests
{
    [Fact]
    public void Log_HasWhatTheStandardAsks()
    {
        foreach (ScenarioReport report in new[] { ScenarioReport.Of([]), GivenReport.Mixed, GivenReport.Awful })
        {
            JsonObject log = JsonNode.Parse(ScenarioSarif.Render(report))!.AsObject();
            Keys(log).Should().Equal("$schema", "version", "runs"); // 3.13
            log["version"]!.GetValue<string>().Should().Be("2.1.0");
            JsonObject run = log["runs"]!.AsArray().Should().ContainSingle().Which!.AsObject();
            Keys(run).Should().Equal("tool", "columnKind", "results"); // 3.14
            run["columnKind"]!.GetValue<string>().Should().Be("utf16CodeUnits"); // 3.14.27
            JsonArray rules = run["tool"]!["driver"]!["rules"]!.AsArray();
            foreach (JsonNode? result in run["results"]!.AsArray())
            {
                Keys(result!.AsObject()).Should().Equal("ruleId", "ruleIndex", "level", "message", "locations"); // 3.27
                rules[result["ruleIndex"]!.GetValue<int>()]!["id"]!.GetValue<string>().Should().Be(result["ruleId"]!.GetValue<string>()); // 3.27.6
                result["message"]!["text"]!.GetValue<string>().Should().NotBeEmpty(); // 3.11
                JsonNode place = result["locations"]![0]!["physicalLocation"]!;
                place["artifactLocation"]!["uri"]!.GetValue<string>().Should().MatchRegex(UriReference()); // 3.4.3, RFC 3986
                place["region"]!["startLine"]!.GetValue<int>().Should().BePositive(); // 3.30.5
            }
        }
    }

    [Fact]
    public void Results_AreFailuresAtTheirPlaces()
    {
        JsonArray results = JsonNode.Parse(ScenarioSarif.Render(GivenReport.Mixed))!["runs"]![0]!["results"]!.AsArray();

        results.Select(result => $"{result!["ruleId"]} {result["message"]!["text"]}").Should().Equal(
            "unread a: CXP0003: found 'naem'", "bug broken: a bug of the simulator: x", "failed bad: region0/size: expected '1', found '2'\nwhy it was refused", "failed bad: second");
        JsonNode place = results[0]!["locations"]![0]!["physicalLocation"]!;
        place.ToJsonString().Should().Be("""{"artifactLocation":{"uri":"steps.yaml"},"region":{"startLine":12,"startColumn":69}}""");
    }

    private static IEnumerable<string> Keys(JsonObject node) => node.Select(pair => pair.Key);

    [GeneratedRegex(@"^([A-Za-z0-9._~/-]|%[0-9A-F]{2})+$")]
    private static partial Regex UriReference();
}

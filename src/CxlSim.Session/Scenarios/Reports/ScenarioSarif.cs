using System.Text.Json.Nodes;

namespace CxlSim.Session;

/// <summary>What does not hold as SARIF 2.1.0 (OASIS Standard), which code hosts show beside the lines of scenario files.</summary>
public static class ScenarioSarif
{
    private const string Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    private static readonly (string Id, string Title)[] Rules =
    [
        (ReportedCase.Failed, "A scenario does not end as expected"), (ReportedCase.Bug, "The simulator broke a rule of its own"), (ReportedCase.Unread, "A scenario file makes no sense"),
    ];

    public static string Render(ScenarioReport report)
    {
        JsonNode[] results = [.. report.Cases.Where(known => !known.IsPassed).SelectMany(known => known.Failures.Select(failure => Result(known, failure)))];
        JsonObject log = new()
        {
            ["$schema"] = Schema,
            ["version"] = "2.1.0",
            ["runs"] = new JsonArray(new JsonObject
            {
                ["tool"] = new JsonObject
                {
                    ["driver"] = new JsonObject
                    {
                        ["name"] = "cxlsim",
                        ["rules"] = new JsonArray([.. Rules.Select(rule => new JsonObject { ["id"] = rule.Id, ["shortDescription"] = Text(rule.Title) })]),
                    },
                },
                ["columnKind"] = "utf16CodeUnits",
                ["results"] = new JsonArray(results),
            }),
        };
        return log.ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true, NewLine = "\n" }) + "\n";
    }

    private static JsonObject Text(string text) => new() { ["text"] = text };

    private static JsonObject Result(ReportedCase known, ReportedFailure failure) => new()
    {
        ["ruleId"] = known.Verdict,
        ["ruleIndex"] = Array.FindIndex(Rules, rule => rule.Id == known.Verdict),
        ["level"] = "error",
        ["message"] = Text($"{known.Name}: {failure.Message}{(failure.Details.Length > 0 ? "\n" + failure.Details : "")}"),
        ["locations"] = new JsonArray(new JsonObject
        {
            ["physicalLocation"] = new JsonObject
            {
                ["artifactLocation"] = new JsonObject { ["uri"] = string.Join('/', failure.File.Split('/').Select(Uri.EscapeDataString)) },
                ["region"] = new JsonObject { ["startLine"] = failure.Line, ["startColumn"] = failure.Column },
            },
        }),
    };
}

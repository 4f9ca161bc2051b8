using System.Text.Json;
using System.Text.Json.Serialization;

namespace CxlSim.Session;

/// <summary>Results of cases, sorted by file and name: the JSON that <c>cxlsim test --json</c> writes and <c>cxlsim merge-results</c> joins.</summary>
/// <param name="Version">Of this form; 1.</param>
/// <param name="Cases">The results.</param>
public sealed record ScenarioReport(int Version, IReadOnlyList<ReportedCase> Cases)
{
    public const int Known = 1;

    private static readonly JsonSerializerOptions Form = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true, NewLine = "\n", UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>
    /// Each case once, in an order that does not depend on that of <paramref name="cases"/>: of one that is there with different results, each stays.
    /// What JSON cannot keep, halves of characters, is lost here: what has been a file is the same as what has not.
    /// </summary>
    public static ScenarioReport Of(IEnumerable<ReportedCase> cases) => new(Known,
    [
        .. cases.Select(known => JsonSerializer.Deserialize<ReportedCase>(JsonSerializer.Serialize(known, Form), Form)!).Select(known => (Case: known, Text: JsonSerializer.Serialize(known, Form))).DistinctBy(known => known.Text)
            .OrderBy(known => known.Case.File, StringComparer.Ordinal).ThenBy(known => known.Case.Name, StringComparer.Ordinal).ThenBy(known => known.Text, StringComparer.Ordinal)
            .Select(known => known.Case),
    ]);

    /// <summary>Null where the text is no such report; <paramref name="error"/> says why.</summary>
    /// <param name="json">Is read no further than to the first mistake.</param>
    /// <param name="error">What is wrong; empty where nothing is.</param>
    public static ScenarioReport? Read(Stream json, out string error)
    {
        try
        {
            ScenarioReport? report = JsonSerializer.Deserialize<ScenarioReport>(json, Form);
            error = report is null ? "found null" : report.Version != Known ? $"found version {report.Version}; expected {Known}" : Fault(report.Cases);
            return error.Length == 0 ? report : null;
        }
        catch (JsonException wrong)
        {
            error = wrong.Message;
            return null;
        }
    }

    /// <summary>All cases of all reports; of a case that is in several, those that differ stay.</summary>
    public static ScenarioReport Merge(IEnumerable<ScenarioReport> reports) => Of(reports.SelectMany(report => report.Cases));

    public string ToJson() => JsonSerializer.Serialize(this, Form) + "\n";

    /// <summary>What the form alone lets pass.</summary>
    private static string Fault(IReadOnlyList<ReportedCase?> cases)
    {
        for (int i = 0; i < cases.Count; i++)
        {
            if (cases[i] is not { } known || !ReportedCase.Verdicts.Contains(known.Verdict) || known.Failures.Any(failure => failure is not { Line: > 0, Column: > 0 }))
            {
                return $"found no case at place {i + 1}; expected one with a verdict of {string.Join(", ", ReportedCase.Verdicts)} and failures at lines and columns from 1";
            }
        }

        return string.Empty;
    }
}

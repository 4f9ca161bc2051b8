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

    public static ScenarioReport Of(IEnumerable<ReportedCase> cases) => new(Known, [.. cases.OrderBy(known => known.File, StringComparer.Ordinal).ThenBy(known => known.Name, StringComparer.Ordinal)]);

    /// <summary>Null where the text is no such report; <paramref name="error"/> says why.</summary>
    public static ScenarioReport? Read(string json, out string error)
    {
        try
        {
            ScenarioReport? report = JsonSerializer.Deserialize<ScenarioReport>(json, Form);
            error = report is null ? "found null" : report.Version != Known ? $"found version {report.Version}; expected {Known}" : string.Empty;
            return error.Length == 0 ? report : null;
        }
        catch (JsonException wrong)
        {
            error = wrong.Message;
            return null;
        }
    }

    /// <summary>All cases of all reports; of a case that is in several, those that differ stay.</summary>
    public static ScenarioReport Merge(IEnumerable<ScenarioReport> reports) =>
        Of(reports.SelectMany(report => report.Cases).GroupBy(known => JsonSerializer.Serialize(known, Form)).Select(same => same.First()));

    public string ToJson() => JsonSerializer.Serialize(this, Form) + "\n";
}

using System.Text;
using System.Text.Json;
using CxlSim.Core;

namespace CxlSim.Views;

/// <summary>Findings as SARIF 2.1.0 (OASIS Standard, 27 March 2020), which editors and code hosts show beside the lines.</summary>
public static class CheckSarif
{
    private const string Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    public static string Render(IReadOnlyList<CheckFinding> findings)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, CheckJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("$schema", Schema);
            json.WriteString("version", "2.1.0");
            json.WriteStartArray("runs");
            json.WriteStartObject();
            WriteTool(json);
            json.WriteString("columnKind", "utf16CodeUnits");
            json.WriteStartArray("results");
            foreach (CheckFinding finding in findings)
            {
                WriteResult(json, finding);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void WriteTool(Utf8JsonWriter json)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "cxlsim");
        json.WriteStartArray("rules");
        foreach (CheckRule rule in CheckRule.All)
        {
            json.WriteStartObject();
            json.WriteString("id", rule.Number);
            WriteText(json, "shortDescription", rule.Title);
            WriteText(json, "help", rule.Help);
            json.WriteStartObject("defaultConfiguration");
            json.WriteString("level", LevelOf(rule.Severity));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, CheckFinding finding)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", finding.Number);
        json.WriteNumber("ruleIndex", CheckRule.All.TakeWhile(rule => rule.Number != finding.Number).Count());
        json.WriteString("level", LevelOf(finding.Severity));
        WriteText(json, "message", finding.Message);
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        WriteArtifact(json, finding.Place);
        WriteRegion(json, finding.Place);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        if (finding.Nearest is { } nearest && finding.Place.IsBinary && finding.Place.Table == nearest.Table)
        {
            WriteFix(json, finding.Place, nearest.ToString(), nearest.Offset, BitConverter.GetBytes(nearest.Value).AsSpan(0, nearest.Width));
        }

        json.WriteEndObject();
    }

    private static void WriteArtifact(Utf8JsonWriter json, CheckPlace place)
    {
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", UriOf(place.File));
        json.WriteEndObject();
    }

    /// <summary>Lines where there are lines; a table that is a file of its own has bytes.</summary>
    private static void WriteRegion(Utf8JsonWriter json, CheckPlace place)
    {
        json.WriteStartObject("region");
        if (place.IsBinary)
        {
            json.WriteNumber("byteOffset", place.Offset);
            json.WriteNumber("byteLength", place.Length);
        }
        else
        {
            json.WriteNumber("startLine", Math.Max(1, place.Line));
            json.WriteNumber("startColumn", Math.Max(1, place.Column));
        }

        json.WriteEndObject();
    }

    private static void WriteFix(Utf8JsonWriter json, CheckPlace place, string description, int offset, ReadOnlySpan<byte> bytes)
    {
        json.WriteStartArray("fixes");
        json.WriteStartObject();
        WriteText(json, "description", description);
        json.WriteStartArray("artifactChanges");
        json.WriteStartObject();
        WriteArtifact(json, place);
        json.WriteStartArray("replacements");
        json.WriteStartObject();
        json.WriteStartObject("deletedRegion");
        json.WriteNumber("byteOffset", offset);
        json.WriteNumber("byteLength", bytes.Length);
        json.WriteEndObject();
        json.WriteStartObject("insertedContent");
        json.WriteBase64String("binary", bytes);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    private static string LevelOf(DiagnosticSeverity severity) => severity == DiagnosticSeverity.Error ? "error" : "warning";

    /// <summary>A relative path stays relative (RFC 3986): the reader knows the root.</summary>
    private static string UriOf(string path) => Path.IsPathFullyQualified(path)
        ? new Uri(path).AbsoluteUri
        : string.Join('/', path.Split(Path.DirectorySeparatorChar).Select(Uri.EscapeDataString));
}

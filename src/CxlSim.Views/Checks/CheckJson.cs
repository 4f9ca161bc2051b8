using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CxlSim.Core;

namespace CxlSim.Views;

/// <summary>Findings as JSON: stable names in a stable order.</summary>
public static class CheckJson
{
    internal static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Render(IReadOnlyList<CheckFinding> findings)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("errors", findings.Count(finding => finding.Severity == DiagnosticSeverity.Error));
            json.WriteNumber("warnings", findings.Count(finding => finding.Severity == DiagnosticSeverity.Warning));
            json.WriteStartArray("findings");
            foreach (CheckFinding finding in findings)
            {
                Write(json, finding);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void Write(Utf8JsonWriter json, CheckFinding finding)
    {
        json.WriteStartObject();
        json.WriteString("rule", finding.Number);
        json.WriteString("severity", finding.Severity == DiagnosticSeverity.Error ? "error" : "warning");
        json.WriteString("file", finding.Place.File);
        if (finding.Place.Table is { } table)
        {
            json.WriteString("table", table);
            json.WriteNumber("offset", finding.Place.Offset);
            json.WriteNumber("length", finding.Place.Length);
        }
        else
        {
            json.WriteNumber("line", finding.Place.Line);
            json.WriteNumber("column", finding.Place.Column);
        }

        json.WriteString("message", finding.Message);
        if (finding.Nearest is { } nearest)
        {
            json.WriteStartObject("nearest");
            json.WriteString("table", nearest.Table);
            json.WriteString("field", nearest.Field);
            json.WriteNumber("offset", nearest.Offset);
            json.WriteNumber("width", nearest.Width);
            json.WriteString("value", $"0x{nearest.Value:x}");
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}

using System.Text;
using System.Text.Json;
using CxlSim.Kernel;

namespace CxlSim.Views;

/// <summary>The explanation for programs: stable names in a stable order.</summary>
public static class ExplainJson
{
    public static string Render(ExplainReport report)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, CheckJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("platform", report.Platform);
            json.WriteString("kernel", report.Kernel);
            JsonLists.Array(json, "devices", report.Devices, CapacityJson.Write);
            JsonLists.Array(json, "steps", report.Steps, RunReportJson.WriteStep);
            JsonLists.Array(json, "refusals", report.Refusals, (writer, refusal) => RefusalJson.Write(writer, refusal, string.Empty));
            JsonLists.Array(json, "findings", report.Findings, WriteFinding);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void WriteFinding(Utf8JsonWriter json, KernelFinding finding)
    {
        json.WriteString("rule", finding.Rule.Number);
        json.WriteString("title", finding.Rule.Title);
        json.WriteString("found", finding.Found);
        json.WriteString("source", finding.Rule.Source);
        if (finding.Nearest is { } nearest)
        {
            json.WriteString("nearest", nearest.ToString());
        }
    }
}

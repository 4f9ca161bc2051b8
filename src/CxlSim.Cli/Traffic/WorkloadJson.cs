using System.Text;
using System.Text.Json;
using CxlSim.Session;
using CxlSim.Timing;
using CxlSim.Views;

namespace CxlSim.Cli;

/// <summary>The report of a workload as JSON: stable names in a stable order; the same platform and seed give the same bytes.</summary>
internal static class WorkloadJson
{
    public static string Render(WorkloadReport report)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("from", report.Plan.From.Name);
            json.WriteStartArray("to");
            foreach (TrafficTarget target in report.Plan.To)
            {
                json.WriteStringValue(target.Name);
            }

            json.WriteEndArray();
            json.WriteNumber("span_ps", report.Span.Picoseconds);
            json.WriteNumber("mbps", Math.Round(report.MegabytesPerSecond, 3));
            json.WriteNumber("turned_away", report.TurnedAway);
            json.WriteString("limit", report.Limit);
            Times(json, "reads", report.Reads);
            Times(json, "writes", report.Writes);
            JsonLists.Array(json, "parts", report.Parts, (_, part) =>
            {
                json.WriteString("where", part.Where);
                json.WriteString("what", part.What);
                json.WriteNumber("share_ns", Math.Round(part.ShareNs, 3));
                json.WriteNumber("mean_ns", Math.Round(part.MeanNs, 3));
                if (part.Times is { } times)
                {
                    Times(json, "times", times);
                }
            });
            JsonLists.Array(json, "resources", report.Resources, (_, resource) =>
            {
                json.WriteString("name", resource.Name);
                json.WriteNumber("busy", Math.Round(resource.Busy, 4));
                json.WriteNumber("credit_stalls", resource.CreditStalls);
            });
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void Times(Utf8JsonWriter json, string name, LatencyHistogram times)
    {
        json.WriteStartObject(name);
        json.WriteNumber("count", times.Count);
        json.WriteNumber("mean_ns", Math.Round(times.MeanNs, 3));
        json.WriteNumber("p50_ns", times.PercentileNs(50));
        json.WriteNumber("p90_ns", times.PercentileNs(90));
        json.WriteNumber("p99_ns", times.PercentileNs(99));
        json.WriteNumber("p99_9_ns", times.PercentileNs(99.9));
        json.WriteNumber("longest_ns", times.LongestNs);
        json.WriteEndObject();
    }
}

using System.Text;
using System.Text.Json;
using CxlSim.Session;
using CxlSim.Views;

namespace CxlSim.Cli;

/// <summary>The report as JSON: stable names in a stable order; the same platform and seed give the same bytes.</summary>
internal static class MlcJson
{
    public static string Render(MlcReport report)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("platform", report.Platform);
            json.WriteNumber("seed", report.Seed);
            json.WriteNumber("threads", report.Threads);
            json.WriteString("from", report.From.Name);
            json.WriteString("to", report.To.Name);
            Matrix(json, "idle_latency_ns", report, report.Idle);
            Matrix(json, "bandwidth_mbps", report, report.Bandwidths);
            JsonLists.Array(json, "coordinates", report.Coordinates, (_, row) =>
            {
                json.WriteString("target", row.Target);
                Number(json, "kernel_latency_ns", row.KernelLatencyNs, 0);
                Number(json, "latency_ns", row.LatencyNs, 3);
                Number(json, "kernel_mbps", row.KernelMegabytesPerSecond, 0);
                Number(json, "mbps", row.MegabytesPerSecond, 1);
            });
            JsonLists.Array(json, "peak", report.Mixes, (_, mix) =>
            {
                json.WriteString("mix", mix.Mix.Code);
                json.WriteString("name", mix.Mix.Name);
                json.WriteNumber("mbps", Math.Round(mix.MegabytesPerSecond, 1));
            });
            JsonLists.Array(json, "loaded", report.Curves, (_, curve) =>
            {
                json.WriteString("mix", curve.Mix.Code);
                JsonLists.Array(json, "points", curve.Points, (_, point) =>
                {
                    json.WriteNumber("delay", point.Delay);
                    json.WriteNumber("latency_ns", Math.Round(point.LatencyNs, 3));
                    json.WriteNumber("mbps", Math.Round(point.MegabytesPerSecond, 1));
                });
            });
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void Matrix(Utf8JsonWriter json, string name, MlcReport report, IReadOnlyList<IReadOnlyList<double?>> rows)
    {
        json.WriteStartObject(name);
        for (int i = 0; i < rows.Count; i++)
        {
            json.WriteStartObject(report.Sockets[i].Name);
            for (int j = 0; j < rows[i].Count; j++)
            {
                Number(json, report.Targets[j].Name, rows[i][j], 3);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, double? value, int digits)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, Math.Round(number, digits));
        }
        else
        {
            json.WriteNull(name);
        }
    }
}

using System.Text;
using System.Text.Json;

namespace CxlSim.Views;

/// <summary>The report as JSON: stable names in a stable order; only <c>wall_ms</c> differs from run to run.</summary>
public static class RunReportJson
{
    public static string Render(RunReport report, double wallMs)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("platform", report.Platform);
            json.WriteString("kernel", report.Kernel);
            json.WriteNumber("seed", report.Seed);
            json.WriteString("phase", report.Phase);
            JsonLists.Array(json, "devices", report.Devices, WriteDevice);
            JsonLists.Array(json, "capacities", report.Capacities, CapacityJson.Write);
            JsonLists.Array(json, "lost", report.Lost, (writer, range) => writer.WriteString("hpa", range.ToString()));
            JsonLists.Array(json, "checks", report.Checks, WriteCheck);
            JsonLists.Array(json, "steps", report.Steps, WriteStep);
            json.WriteNumber("kernel_time_ps", report.KernelTime.Picoseconds);
            json.WriteNumber("virtual_time_ps", report.VirtualTime.Picoseconds);
            json.WriteNumber("events", report.Events);
            json.WriteNumber("wall_ms", Math.Round(wallMs, 3));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void WriteDevice(Utf8JsonWriter json, DeviceRow row)
    {
        json.WriteString("device", row.Device);
        json.WriteString("memdev", row.Memdev);
        json.WriteString("capacity", row.Capacity);
        json.WriteString("decoder", row.Decoder);
        json.WriteString("region", row.Region);
        json.WriteString("dax", row.Dax);
        json.WriteString("blocks", row.Blocks);
        json.WriteString("node", row.Node);
        json.WriteString("zone", row.Zone);
        json.WriteString("state", row.State);
    }

    private static void WriteCheck(Utf8JsonWriter json, PlacementCheck check)
    {
        json.WriteString("region", check.Region);
        json.WriteString("hpa", check.Address.ToString());
        json.WriteString("device", check.Device);
        json.WriteString("dpa", check.MediaAddress.ToString());
        json.WriteBoolean("found", check.Found);
    }

    internal static void WriteStep(Utf8JsonWriter json, StepOutcome step)
    {
        json.WriteString("step", step.Text);
        json.WriteString("error", step.Error.ToString());
        json.WriteString("expected", step.Expected.ToString());
        json.WriteString("result", step.Result);
        json.WriteString("location", step.Location.ToString());
        if (step.Refusal is { } refusal)
        {
            json.WriteStartObject("refusal");
            RefusalJson.Write(json, refusal, step.Proposal);
            json.WriteEndObject();
        }
    }
}

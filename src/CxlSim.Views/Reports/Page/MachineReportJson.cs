using System.Text.Json;
using System.Text.Json.Serialization;
using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Views;

/// <summary>The report as one JSON object: names and order are those of the model. Whatever could end an element of HTML is escaped.</summary>
public static class MachineReportJson
{
    /// <summary>The default encoder writes no <c>&lt;</c>, <c>&gt;</c>, <c>&amp;</c> or quotation mark as itself.</summary>
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters =
        {
            new ReportValueJson<Hpa>((json, address) => json.WriteStringValue(address.ToString())),
            new ReportValueJson<Dpa>((json, address) => json.WriteStringValue(address.ToString())),
            new ReportValueJson<ByteSize>((json, size) => json.WriteStringValue($"0x{size.Bytes:x}")),
            new ReportValueJson<SimTime>((json, time) => json.WriteNumberValue(time.Picoseconds)),
            new ReportValueJson<SimDuration>((json, duration) => json.WriteNumberValue(duration.Picoseconds)),
            new ReportValueJson<AddressRange>(WriteRange),
        },
    };

    public static string Render(MachineReport report) => JsonSerializer.Serialize(report, Options);

    private static void WriteRange(Utf8JsonWriter json, AddressRange range)
    {
        json.WriteStartArray();
        json.WriteStringValue(range.Start.ToString());
        json.WriteStringValue(range.Last.ToString());
        json.WriteEndArray();
    }
}

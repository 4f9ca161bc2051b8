using System.Buffers;
using System.Text;
using System.Text.Json;
using CxlSim.Core;
using CxlSim.Machine;

namespace CxlSim.Views;

/// <summary>Translations for programs: a JSON object per line, as <c>jq</c> reads a stream of them. Addresses are strings, for 64 bits are more than its numbers hold.</summary>
/// <param name="routes">For names and explanations.</param>
/// <param name="output">Takes the lines.</param>
/// <param name="explain">Whether each object has its <c>levels</c>.</param>
public sealed class TranslationJson(AddressRoutes routes, TextWriter output, bool explain) : ITranslationView
{
    private readonly ArrayBufferWriter<byte> _buffer = new();

    public void Write(Hpa address, ushort target, Dpa dpa) => Line(json =>
    {
        RouteOutcome outcome = AddressRoutes.OutcomeOf(target);
        json.WriteString("hpa", address.ToString());
        json.WriteString("outcome", outcome.ToString());
        if (outcome == RouteOutcome.Hit)
        {
            WriteDevice(json, routes.Devices[target]);
            json.WriteString("dpa", dpa.ToString());
        }
        else
        {
            json.WriteString("reason", outcome == RouteOutcome.NoWindow ? MissReason.NoWindow : MissReason.Of(routes.Explain(address)));
        }

        WriteLevels(json, address);
    });

    public void Write(ReverseTranslation found) => Line(json =>
    {
        json.WriteString("dpa", found.Address.ToString());
        WriteDevice(json, found.Device);
        json.WriteString("hpa", found.Hardware?.ToString());
        json.WriteString("driver_hpa", found.Driver?.ToString());
        json.WriteString("region", found.Decoder?.Region?.Name);
        if (found.Hardware is { } address)
        {
            WriteLevels(json, address);
        }
        else
        {
            json.WriteString("reason", MissReason.Of(found));
        }
    });

    private static void WriteDevice(Utf8JsonWriter json, RouteDevice device)
    {
        json.WriteString("memdev", device.Memdev?.Name);
        json.WriteString("device", device.Device.Id);
    }

    private void WriteLevels(Utf8JsonWriter json, Hpa address)
    {
        if (explain)
        {
            json.WriteStartArray("levels");
            foreach (RouteLevel level in routes.Explain(address).Levels)
            {
                RouteLevelJson.Write(json, level);
            }

            json.WriteEndArray();
        }
    }

    private void Line(Action<Utf8JsonWriter> write)
    {
        _buffer.ResetWrittenCount();
        using (Utf8JsonWriter json = new(_buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        output.Write(Encoding.UTF8.GetString(_buffer.WrittenSpan));
        output.Write('\n');
    }
}

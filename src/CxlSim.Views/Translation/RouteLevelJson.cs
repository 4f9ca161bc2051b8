using System.Globalization;
using System.Text.Json;
using CxlSim.Machine;

namespace CxlSim.Views;

/// <summary>A level of an address's way as a JSON object; what the level does not have is null.</summary>
internal static class RouteLevelJson
{
    public static void Write(Utf8JsonWriter json, RouteLevel level)
    {
        json.WriteStartObject();
        json.WriteString("unit", level.Unit);
        json.WriteString("port", level.Port);
        json.WriteString("outcome", level.Outcome.ToString());
        json.WriteString("address", level.Address.ToString());
        json.WritePropertyName("decoder");
        WriteDecoder(json, level.Decoder);
        json.WriteStartArray("xor_maps");
        foreach (RouteMap map in level.Maps)
        {
            json.WriteStartObject();
            json.WriteString("mask", string.Create(CultureInfo.InvariantCulture, $"0x{map.Mask:x}"));
            json.WriteNumber("bit", map.Bit);
            json.WriteNumber("parity", map.Parity);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WritePropertyName("position");
        WriteNumber(json, level.Position);
        json.WriteString("target", level.Target);
        json.WriteString("dpa_base", level.Base?.ToString());
        json.WriteString("offset", level.Offset is { } offset ? string.Create(CultureInfo.InvariantCulture, $"0x{offset.Bytes:x}") : null);
        json.WriteStartArray("decoders");
        foreach (RouteDecoder decoder in level.Decoders)
        {
            WriteDecoder(json, decoder);
        }

        json.WriteEndArray();
        json.WriteStartArray("uncommitted");
        foreach (string name in level.Uncommitted)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, int? value)
    {
        if (value is { } number)
        {
            json.WriteNumberValue(number);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    private static void WriteDecoder(Utf8JsonWriter json, RouteDecoder? decoder)
    {
        if (decoder is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteString("unit", decoder.Unit);
        json.WriteString("name", decoder.Name);
        json.WriteString("start", decoder.Range?.Start.ToString());
        json.WriteString("last", decoder.Range?.Last.ToString());
        json.WriteNumber("ways", decoder.Ways);
        json.WriteNumber("granularity", decoder.Granularity);
        json.WriteString("fault", decoder.Fault);
        json.WriteEndObject();
    }
}

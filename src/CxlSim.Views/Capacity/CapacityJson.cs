using System.Text.Json;

namespace CxlSim.Views;

/// <summary>A device's capacity as members of a JSON object.</summary>
internal static class CapacityJson
{
    public static void Write(Utf8JsonWriter json, DeviceCapacity device)
    {
        json.WriteString("device", device.Device);
        json.WriteString("memdev", device.Memdev);
        json.WriteNumber("bytes", device.Capacity.Bytes);
        json.WriteNumber("in_use", device.Total(CapacityUse.InUse).Bytes);
        json.WriteNumber("free", device.Total(CapacityUse.Free).Bytes);
        json.WriteNumber("stranded", device.Total(CapacityUse.Stranded).Bytes);
        JsonLists.Array(json, "parts", device.Parts, WritePart);
    }

    private static void WritePart(Utf8JsonWriter json, CapacityPart part)
    {
        json.WriteNumber("bytes", part.Size.Bytes);
        json.WriteString("use", CapacityPart.Word(part.Use));
        json.WriteString("way", part.Way);
        json.WriteString("why", part.Why);
        json.WriteString("rule", part.Rule);
    }
}

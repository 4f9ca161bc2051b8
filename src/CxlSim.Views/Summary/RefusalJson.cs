using System.Text.Json;
using CxlSim.Kernel;

namespace CxlSim.Views;

/// <summary>A refusal as members of a JSON object: stable names in a stable order.</summary>
internal static class RefusalJson
{
    public static void Write(Utf8JsonWriter json, Refusal refusal, string proposal)
    {
        json.WriteString("rule", refusal.Rule.Number);
        json.WriteString("title", refusal.Rule.Title);
        json.WriteString("object", refusal.Subject);
        json.WriteString("error", refusal.Error.ToString());
        json.WriteString("function", refusal.Rule.Function);
        json.WriteString("source", refusal.Rule.Source);
        json.WriteString("reason", refusal.Reason);
        json.WriteStartObject("values");
        foreach (NamedValue value in refusal.Values)
        {
            json.WriteString(value.Name, value.Value);
        }

        json.WriteEndObject();
        if (refusal.Write is { } write)
        {
            json.WriteString("path", write.Path);
            json.WriteString("value", write.Value);
        }

        json.WriteStartArray("frames");
        foreach (Engine.SimFrame frame in refusal.Frames)
        {
            json.WriteStringValue($"{frame.Function} {frame.Subject}");
        }

        json.WriteEndArray();
        if (proposal.Length > 0)
        {
            json.WriteString("proposal", proposal);
        }

        if (refusal.Nearest is { } nearest)
        {
            WriteNearest(json, nearest);
        }
    }

    private static void WriteNearest(Utf8JsonWriter json, NearestChange nearest)
    {
        json.WriteStartObject("nearest");
        json.WriteString("text", nearest.Text);
        json.WriteBoolean("new_region", nearest.IsForNewRegion);
        json.WriteStartArray("writes");
        foreach (AttributeWrite write in nearest.Writes)
        {
            json.WriteStartObject();
            json.WriteString("path", write.Path);
            json.WriteString("value", write.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}

using System.Text.Json;

namespace CxlSim.Conformance;

/// <summary>Reads the leaves of a JSON listing. An object is told from its neighbours by its name (decoder, memdev), not by its place in the list.</summary>
public sealed class JsonReader : IFactReader
{
    private const int ShownOfBrokenText = 200;

    private static readonly string[] Labels = ["bus", "port", "endpoint", "memdev", "decoder", "region", "dport", "chardev"];

    public IReadOnlyDictionary<string, string> Read(string text, StableNames names)
    {
        OrderedDictionary<string, string> facts = [];
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            AddLeaves(document.RootElement, "", names, facts);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // A tool that fails prints its complaint instead; a string that is not Unicode is found on reading it only.
            string broken = text.Trim();
            facts.Clear();
            facts["(not JSON)"] = broken[..Math.Min(broken.Length, ShownOfBrokenText)];
        }

        return facts;
    }

    private static void AddLeaves(JsonElement node, string path, StableNames names, OrderedDictionary<string, string> facts)
    {
        switch (node.ValueKind)
        {
            case JsonValueKind.Object:
                string label = LabelOf(node, names);
                foreach (JsonProperty property in node.EnumerateObject())
                {
                    AddLeaves(property.Value, $"{path}/{label}{names.Replace(property.Name)}", names, facts);
                }

                break;
            case JsonValueKind.Array:
                foreach ((int index, JsonElement item) in node.EnumerateArray().Index())
                {
                    AddLeaves(item, path + TagOf(item, index), names, facts);
                }

                break;
            default:
                facts[path] = names.Replace(LooseValues.Loosen(path, TextOf(node)));
                break;
        }
    }

    private static string LabelOf(JsonElement node, StableNames names)
    {
        foreach (string label in Labels)
        {
            if (node.TryGetProperty(label, out JsonElement name) && name.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
            {
                return $"{names.Replace(TextOf(name))}:";
            }
        }

        return "";
    }

    // A string as its text, anything else as written: null is not the empty string.
    private static string TextOf(JsonElement leaf) => leaf.ValueKind == JsonValueKind.String ? leaf.GetString()! : leaf.GetRawText();

    // A region's mappings have no name of their own, but their position in the interleave set is one.
    private static string TagOf(JsonElement item, int index) => item.ValueKind switch
    {
        JsonValueKind.Object when item.TryGetProperty("position", out JsonElement position) && item.TryGetProperty("target", out _) => $"[{position}]",
        JsonValueKind.Object => "",
        _ => $"[{index}]",
    };
}

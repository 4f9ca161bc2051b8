using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CxlSim.Core;

namespace CxlSim.Platform.Language;

/// <summary>Writes mappings and their keys as a JSON schema (draft 7, which editors of YAML know): one definition for each kind of mapping.</summary>
internal sealed class SchemaWriter
{
    /// <summary>JSON numbers are exact so far; larger ones need no limit, for a reader refuses what does not fit.</summary>
    private const ulong LargestExact = 1UL << 53;

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<string, string> _kinds = [];
    private readonly SortedDictionary<string, JsonNode?> _definitions = new(StringComparer.Ordinal);
    private readonly string? _parameter;

    private SchemaWriter(string? parameter) => _parameter = parameter;

    /// <param name="root">The whole file.</param>
    /// <param name="title">What it describes.</param>
    /// <param name="parameter">The pattern of what may stand for any scalar; null for nothing.</param>
    public static string Write(KeySet root, string title, string? parameter = null)
    {
        SchemaWriter writer = new(parameter);
        JsonObject schema = new()
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = title,
        };
        foreach ((string name, JsonNode? value) in writer.MappingOf(root).ToArray())
        {
            schema[name] = value?.DeepClone();
        }

        schema["definitions"] = new JsonObject(writer._definitions);
        return schema.ToJsonString(Readable) + "\n";
    }

    /// <summary>The name under which a kind of mapping stands: <c>a CPU of the SRAT</c> is <c>cpu-of-the-srat</c>.</summary>
    private static string NameOf(KeySet keys)
    {
        string words = new([.. keys.What.Where(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-').Select(char.ToLowerInvariant)]);
        string[] parts = words.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return string.Join('-', parts[0] is "a" or "an" or "the" ? parts[1..] : parts);
    }

    private JsonObject MappingOf(KeySet keys)
    {
        JsonObject properties = [];
        foreach (Key key in keys.Keys)
        {
            JsonObject shape = Of(key.Shape);

            // A reference hides what stands beside it, so a description goes around it.
            if (shape.ContainsKey("$ref"))
            {
                shape = new JsonObject { ["allOf"] = new JsonArray(shape) };
            }

            shape["description"] = key.Meaning;
            properties[key.Name] = shape;
        }

        JsonObject mapping = new() { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties };
        if (keys.Required.Any())
        {
            mapping["required"] = new JsonArray([.. keys.Required.Select(name => JsonValue.Create(name))]);
        }

        return mapping;
    }

    private JsonObject Of(Shape shape) => shape switch
    {
        ScalarShape scalar => OrParameter(ScalarOf(scalar)),
        NumberShape number => OrParameter(NumberOf(number)),
        WordsShape words => OrParameter(new JsonObject { ["enum"] = new JsonArray([.. words.Choices.SelectMany(Spellings)]) }),
        ListShape list => new JsonObject { ["type"] = "array", ["items"] = Of(list.Item) },
        MappingShape mapping => Reference(mapping.Keys()),
        EitherShape either => new JsonObject { ["anyOf"] = new JsonArray([.. either.Shapes.Select(Of)]) },
        MapShape map => new JsonObject { ["type"] = "object", ["additionalProperties"] = Of(map.Value) },
        _ => throw new SimulatorBugException("a known kind of shape"),
    };

    private JsonObject OrParameter(JsonObject schema) =>
        _parameter is null ? schema : new JsonObject { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "string", ["pattern"] = _parameter }) };

    /// <summary>YAML takes <c>1.1</c> for a number.</summary>
    private static IEnumerable<JsonNode> Spellings(string word) =>
        decimal.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number) ? [JsonValue.Create(word), JsonValue.Create(number)] : [JsonValue.Create(word)];

    private static JsonObject ScalarOf(ScalarShape scalar)
    {
        JsonObject schema = new() { ["type"] = scalar.Types is [var only] ? only : new JsonArray([.. scalar.Types.Select(type => JsonValue.Create(type))]) };
        if (scalar.Pattern is { } pattern)
        {
            schema["pattern"] = pattern;
        }

        return schema;
    }

    /// <summary>Digits with underscores between them are text to YAML.</summary>
    private static JsonObject NumberOf(NumberShape number)
    {
        JsonObject schema = new() { ["type"] = new JsonArray("integer", "string"), ["pattern"] = $"^{Shapes.Digits}$", ["minimum"] = Math.Min(number.Least, LargestExact) };
        if (number.Most <= LargestExact)
        {
            schema["maximum"] = number.Most;
        }

        return schema;
    }

    private JsonObject Reference(KeySet keys)
    {
        string name = NameOf(keys);
        Check.That(_kinds.TryAdd(name, keys.What) || _kinds[name] == keys.What, "one kind of mapping called {0}", name);
        if (_definitions.TryAdd(name, null))
        {
            _definitions[name] = MappingOf(keys);
        }

        return new JsonObject { ["$ref"] = string.Create(CultureInfo.InvariantCulture, $"#/definitions/{name}") };
    }
}

using System.Text.Json.Nodes;

namespace CxlSim.Cli;

/// <summary>The arguments of a request. What is missing or of another type than expected refuses it.</summary>
/// <param name="json">Null where none came.</param>
internal sealed class DapArguments(JsonObject? json)
{
    /// <summary>What every reader of JSON takes for the same number (RFC 8259, 6).</summary>
    private const long LargestNumber = (1L << 53) - 1;

    public string Text(string key) => TextOrNull(key) ?? throw new DapRefusal($"found no '{key}'; expected a text");

    public string? TextOrNull(string key) => Of<string>(key, "a text", out string? value) ? value : null;

    public long Number(string key) => TryNumber(key, out long value) ? value : throw new DapRefusal($"found no '{key}'; expected a whole number");

    public long Number(string key, long otherwise) => TryNumber(key, out long value) ? value : otherwise;

    public bool Flag(string key, bool otherwise) => Of(key, "true or false", out bool value) ? value : otherwise;

    /// <summary>Null where it is left out.</summary>
    public DapArguments? Object(string key) => Find(key) switch
    {
        null => null,
        JsonObject found => new DapArguments(found),
        _ => throw new DapRefusal($"found another '{key}'; expected an object"),
    };

    /// <summary>Empty where it is left out.</summary>
    public IReadOnlyList<DapArguments> Objects(string key) =>
        [.. Array(key).Select(item => item is JsonObject found ? new DapArguments(found) : throw new DapRefusal($"found something else in '{key}'; expected objects"))];

    /// <summary>Empty where it is left out.</summary>
    public IReadOnlyList<string> Texts(string key) =>
        [.. Array(key).Select(item => item is JsonValue value && value.TryGetValue(out string? text) ? text : throw new DapRefusal($"found something else in '{key}'; expected texts"))];

    private bool TryNumber(string key, out long value)
    {
        bool isThere = Of(key, "a whole number", out value);
        return value is >= -LargestNumber and <= LargestNumber ? isThere : throw new DapRefusal($"found {value} for '{key}'; expected a number of up to 53 bits");
    }

    private JsonArray Array(string key) => Find(key) switch
    {
        null => [],
        JsonArray found => found,
        _ => throw new DapRefusal($"found another '{key}'; expected a list"),
    };

    private JsonNode? Find(string key) => json is not null && json.TryGetPropertyValue(key, out JsonNode? found) ? found : null;

    private bool Of<T>(string key, string expected, out T? value)
    {
        value = default;
        return Find(key) switch
        {
            null => false,
            JsonValue found when found.TryGetValue(out value) => true,
            _ => throw new DapRefusal($"found another '{key}'; expected {expected}"),
        };
    }
}

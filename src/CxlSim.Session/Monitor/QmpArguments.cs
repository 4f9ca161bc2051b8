using System.Text.Json;

namespace CxlSim.Session;

/// <summary>Arguments of a monitor's command; remembers the first that is missing or of the wrong kind.</summary>
internal sealed class QmpArguments(JsonElement arguments)
{
    /// <summary>The name of what is missing or wrong; null where all is well.</summary>
    public string? Wrong { get; private set; }

    public string Text(string name)
    {
        if (Find(name) is { ValueKind: JsonValueKind.String } found)
        {
            return found.GetString()!;
        }

        Refuse(name);
        return string.Empty;
    }

    /// <summary>A device: a path in the hypervisor's tree of objects ends with its id.</summary>
    public string Device() => Text("path").Split('/')[^1];

    public ulong Number(string name, ulong most)
    {
        if (Optional(name, most) is { } number)
        {
            return number;
        }

        Refuse(name);
        return 0;
    }

    /// <summary>Null where it was left out.</summary>
    public ulong? Optional(string name, ulong most)
    {
        if (Find(name) is not { } found)
        {
            return null;
        }

        if (TryRead(found, most, out ulong number))
        {
            return number;
        }

        Refuse(name);
        return null;
    }

    /// <summary>Null where it was left out.</summary>
    public string? OptionalText(string name) => Find(name) is null ? null : Text(name);

    /// <summary>A list of numbers; null where it was left out.</summary>
    public ulong[]? OptionalNumbers(string name)
    {
        if (Find(name) is not { } list)
        {
            return null;
        }

        List<ulong> numbers = [];
        foreach (JsonElement item in list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : default)
        {
            if (!TryRead(item, ulong.MaxValue, out ulong number))
            {
                Refuse(name);
            }

            numbers.Add(number);
        }

        return [.. numbers];
    }

    /// <summary>A list of mappings.</summary>
    public QmpArguments[] Mappings(string name)
    {
        if (Find(name) is { ValueKind: JsonValueKind.Array } list)
        {
            return [.. list.EnumerateArray().Select(item => new QmpArguments(item))];
        }

        Refuse(name);
        return [];
    }

    public void Refuse(string name) => Wrong ??= name;

    private JsonElement? Find(string name) =>
        arguments.ValueKind == JsonValueKind.Object && arguments.TryGetProperty(name, out JsonElement value) ? value : null;

    private static bool TryRead(JsonElement value, ulong most, out ulong number)
    {
        number = 0;
        return value.ValueKind == JsonValueKind.Number && value.TryGetUInt64(out number) && number <= most;
    }
}

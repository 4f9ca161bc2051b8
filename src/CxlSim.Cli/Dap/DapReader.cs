using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CxlSim.Cli;

/// <summary>Takes messages out of a stream: a header with the length of the body, and the body as JSON (Debug Adapter Protocol, base protocol).</summary>
/// <param name="input">Whatever a client sends.</param>
internal sealed class DapReader(Stream input)
{
    /// <summary>Bytes; no client has longer ones, and nonsense is endless.</summary>
    private const int LongestHeader = 4096;

    /// <summary>Bytes; an editor's largest requests are writes of memory.</summary>
    private const int LongestBody = 16 << 20;

    private const string LengthField = "Content-Length:";

    /// <summary>How all fields begin that there are. A browser's request has others: no page can have it talk to a port.</summary>
    private const string Fields = "Content-";

    private readonly BufferedStream _input = new(input);

    /// <summary>The next message; null at the end of the stream between two messages.</summary>
    public DapMessage? Read()
    {
        if (!TryReadHeader(out string header))
        {
            return header.Length == 0 ? null : Broken($"found '{Start(header)}', which does not end as a header; expected '{LengthField} N' and an empty line");
        }

        string[] lines = header.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        if (Array.Find(lines, line => !line.StartsWith(Fields, StringComparison.OrdinalIgnoreCase)) is { } foreign)
        {
            return Broken($"found '{Start(foreign)}' in a header; expected '{LengthField} N' and an empty line");
        }

        string? field = lines.LastOrDefault(line => line.StartsWith(LengthField, StringComparison.OrdinalIgnoreCase));
        if (field is null || !int.TryParse(field[LengthField.Length..].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int length) || length > LongestBody)
        {
            return Broken($"found the header '{Start(header)}'; expected '{LengthField} N' with N up to {LongestBody}");
        }

        byte[] body = new byte[length];
        int count = _input.ReadAtLeast(body, length, throwOnEndOfStream: false);
        return count < length ? Broken($"found {count} bytes of a message; expected {length}") : Parse(body);
    }

    private static DapMessage Parse(byte[] body)
    {
        JsonObject? json;
        try
        {
            json = JsonNode.Parse(body, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject;
            ReadTexts(json);
        }
        catch (Exception wrong) when (wrong is JsonException or ArgumentException or InvalidOperationException)
        {
            return new DapMessage(0, string.Empty, null, $"found a body that is no JSON: {wrong.Message}");
        }

        DapArguments message = new(json);
        try
        {
            long sequence = message.Number("seq", 0);
            string type = message.Text("type");
            return type == "request"
                ? new DapMessage(sequence, message.Text("command"), json!["arguments"] as JsonObject, string.Empty)
                : new DapMessage(sequence, string.Empty, null, $"found a message of the type '{type}'; expected 'request'");
        }
        catch (DapRefusal wrong)
        {
            return new DapMessage(0, string.Empty, null, wrong.Message);
        }
    }

    /// <summary>A text that is none, such as half of a pair of characters, is found only when it is read.</summary>
    private static void ReadTexts(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject found:
                foreach (KeyValuePair<string, JsonNode?> property in found)
                {
                    ReadTexts(property.Value);
                }

                break;
            case JsonArray list:
                foreach (JsonNode? item in list)
                {
                    ReadTexts(item);
                }

                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                _ = value.GetValue<string>();
                break;
        }
    }

    private static string Start(string text) => text.Length > 60 ? text[..60] + "..." : text.ReplaceLineEndings(" ");

    private static DapMessage Broken(string fault) => new(0, string.Empty, null, fault) { IsEnd = true };

    /// <summary>False where the stream ends before the empty line, or none comes.</summary>
    private bool TryReadHeader(out string header)
    {
        StringBuilder text = new();
        bool isWhole = false;
        while (!isWhole && text.Length < LongestHeader && _input.ReadByte() is >= 0 and int next)
        {
            text.Append((char)next);
            isWhole = next == '\n' && text.Length >= 4 && text.ToString(text.Length - 4, 4) == "\r\n\r\n";
        }

        header = text.ToString();
        return isWhole;
    }
}

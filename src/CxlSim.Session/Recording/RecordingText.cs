using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CxlSim.Session;

/// <summary>A line of a recording as text, and back.</summary>
internal static class RecordingText
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowOutOfOrderMetadataProperties = true,
        AllowDuplicateProperties = false,
        Converters = { new JsonStringEnumConverter(allowIntegerValues: false) },
    };

    public static string Of(RecordingLine line) => JsonSerializer.Serialize(line, Options);

    /// <summary>Null where the text is no line of a recording; then what is wrong, and at which byte of the text.</summary>
    public static RecordingLine? Read(string text, out string fault, out int column)
    {
        fault = string.Empty;
        column = 1;
        try
        {
            if (JsonSerializer.Deserialize<RecordingLine>(text, Options) is { } line)
            {
                return line;
            }

            fault = "found null";
        }
        catch (JsonException error)
        {
            column = 1 + (int)Math.Min(error.BytePositionInLine ?? 0, int.MaxValue - 1);
            fault = FirstSentence(error.Message);
        }
        catch (NotSupportedException)
        {
            fault = "found an object whose 'line' does not say what it is";
        }

        return null;
    }

    /// <summary>The library goes on with types of ours and places that we name ourselves.</summary>
    private static string FirstSentence(string message)
    {
        int end = message.IndexOf(". ", StringComparison.Ordinal);
        return (end < 0 ? message.TrimEnd('.') : message[..end].TrimEnd('.')).Replace("CxlSim.Session.", string.Empty, StringComparison.Ordinal);
    }
}

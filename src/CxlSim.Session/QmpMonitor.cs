using System.Text.Encodings.Web;
using System.Text.Json;
using CxlSim.Core;
using CxlSim.Machine;

namespace CxlSim.Session;

/// <summary>Commands in the words of QEMU's monitor protocol: one JSON object in, one out (<c>docs/interop/qmp-spec.rst</c>). Devices go by their ids in the platform file.</summary>
internal sealed class QmpMonitor(SimulatedMachine machine)
{
    private const string Done = """{"return": {}}""";

    public string Answer(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement request = document.RootElement;
            if (request.ValueKind != JsonValueKind.Object || Text(request, "execute") is not { } command)
            {
                return Error("GenericError", "QMP input lacks member 'execute'");
            }

            return request.TryGetProperty("arguments", out JsonElement arguments) && arguments.ValueKind != JsonValueKind.Object
                ? Error("GenericError", "QMP input member 'arguments' must be an object")
                : Execute(command, arguments);
        }
        catch (JsonException)
        {
            return Error("GenericError", "JSON parse error");
        }
    }

    private string Execute(string command, JsonElement arguments) => command switch
    {
        "device_del" => Unplug(arguments),
        _ => Error("CommandNotFound", $"The command {command} has not been found"),
    };

    /// <summary>Only asks: the device leaves once the operating system lets it go.</summary>
    private string Unplug(JsonElement arguments)
    {
        if (Text(arguments, "id") is not { } id)
        {
            return Missing("id");
        }

        return machine.RequestUnplug(id) switch
        {
            Errno.Ok => Done,
            Errno.ENODEV => Error("DeviceNotFound", $"Device '{id}' not found"),
            Errno.EBUSY => Error("GenericError", $"Device {id} is already in the process of unplug"),
            _ => Error("GenericError", $"Device '{id}' does not support hotplugging"),
        };
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static string Missing(string name) => Error("GenericError", $"Parameter '{name}' is missing");

    private static string Error(string kind, string description) =>
        $$$"""{"error": {"class": "{{{kind}}}", "desc": "{{{Escaped(description)}}}"}}""";

    private static string Escaped(string text) => JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text);
}

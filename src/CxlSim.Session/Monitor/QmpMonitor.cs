using System.Text.Encodings.Web;
using System.Text.Json;
using CxlSim.Core;
using CxlSim.Machine;
using CxlSim.Spec.Cxl;

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
                return Error("GenericError", "a request needs 'execute'");
            }

            return request.TryGetProperty("arguments", out JsonElement arguments) && arguments.ValueKind != JsonValueKind.Object
                ? Error("GenericError", "'arguments' is no object")
                : Execute(command, arguments);
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException) // or a text in it that is none
        {
            return Error("GenericError", "this is no JSON");
        }
    }

    private string Execute(string command, JsonElement arguments) => command switch
    {
        "device_del" => Unplug(arguments),
        "cxl-inject-poison" => Poison(arguments),
        "cxl-inject-general-media-event" => Inject(new QmpArguments(arguments), QmpRecords.GeneralMedia),
        "cxl-inject-dram-event" => Inject(new QmpArguments(arguments), QmpRecords.Dram),
        "cxl-inject-memory-module-event" => Inject(new QmpArguments(arguments), QmpRecords.MemoryModule),
        "cxl-inject-correctable-error" => InjectCorrectable(new QmpArguments(arguments)),
        "cxl-inject-uncorrectable-errors" => InjectUncorrectable(new QmpArguments(arguments)),
        _ => Error("CommandNotFound", $"there is no command {command}"),
    };

    /// <summary>Only asks: the device leaves once the operating system lets it go.</summary>
    private string Unplug(JsonElement arguments)
    {
        if (Text(arguments, "id") is not { } id)
        {
            return Missing("id");
        }

        return machine.DeviceActions.RequestUnplug(id) switch
        {
            Errno.Ok => Done,
            Errno.ENODEV => Error("DeviceNotFound", $"no device {id}"),
            Errno.EBUSY => Error("GenericError", $"device {id} is on its way out"),
            _ => Error("GenericError", $"the slot of device {id} lets nothing go"),
        };
    }

    private string Poison(JsonElement arguments)
    {
        if (Device(arguments) is not { } id)
        {
            return Missing("path");
        }

        if (Number(arguments, "start") is not { } start || Number(arguments, "length") is not { } length)
        {
            return Missing("start' or 'length");
        }

        return machine.DeviceActions.Poison(id, start, length) switch
        {
            Errno.Ok => Done,
            Errno.ENODEV => Error("DeviceNotFound", $"no device {id}"),
            Errno.EEXIST => Error("GenericError", "some of that is poisoned already"),
            _ => Error("GenericError", "start and length go by 64 bytes, within the device"),
        };
    }

    /// <summary>Something happens to a device, and it makes a record of it.</summary>
    private string Inject(QmpArguments arguments, Func<QmpArguments, byte[]> make)
    {
        string device = arguments.Device();
        EventLogKind log = QmpRecords.Log(arguments);
        byte[] record = make(arguments);
        return arguments.Wrong is { } wrong ? Missing(wrong) : Answer(machine.DeviceActions.AddEvent(device, log, record), device);
    }

    private string InjectCorrectable(QmpArguments arguments)
    {
        string device = arguments.Device();
        int bit = QmpErrors.Bit(arguments, isCorrectable: true);
        return arguments.Wrong is { } wrong ? Missing(wrong) : Answer(machine.DeviceActions.RaiseCorrectable(device, bit), device);
    }

    /// <summary>The first error of the list is the first that happened.</summary>
    private string InjectUncorrectable(QmpArguments arguments)
    {
        string device = arguments.Device();
        (int Bit, uint[] Header)[] errors =
        [
            .. arguments.Mappings("errors").Select(error =>
            {
                int bit = QmpErrors.Bit(error, isCorrectable: false);
                uint[] header = [.. (error.OptionalNumbers("header") ?? []).Select(Bits.Low32)];
                if (error.Wrong is { } name)
                {
                    arguments.Refuse(name);
                }

                return (bit, header);
            }),
        ];
        return arguments.Wrong is { } wrong ? Missing(wrong) : Answer(machine.DeviceActions.RaiseUncorrectable(device, errors), device);
    }

    private static string Answer(Errno error, string device) => error == Errno.Ok ? Done : Error("DeviceNotFound", $"no device {device}");

    /// <summary>A path in the hypervisor's tree of objects ends with the device's id.</summary>
    private static string? Device(JsonElement arguments) => Text(arguments, "path")?.Split('/')[^1];

    private static ulong? Number(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetUInt64(out ulong number)
            ? number
            : null;

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static string Missing(string name) => Error("GenericError", $"argument '{name}' is missing");

    private static string Error(string kind, string description) =>
        $$$"""{"error": {"class": "{{{kind}}}", "desc": "{{{Escaped(description)}}}"}}""";

    private static string Escaped(string text) => JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text);
}

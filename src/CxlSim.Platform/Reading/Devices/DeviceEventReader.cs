using CxlSim.Core;
using CxlSim.Platform.Language;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Reading;

/// <summary>Reads steps that make a device write an event record. Keys are the arguments of QEMU's commands (<c>qapi/cxl.json</c>); what is left out is zero, or not valid where the record can say so.</summary>
internal static class DeviceEventReader
{
    private const ulong Most24Bits = 0xff_ffff;
    private const int LongestComponent = 15;

    private static readonly string[] Logs = ["informational", "warning", "failure", "fatal"];

    private static readonly Key Device = Key.Required("device", Shapes.Name, "The device's id in this file.");
    private static readonly Key Log = new("log", Shapes.Words(Logs), "The event log. Left out: failure.");
    private static readonly Key Flags = Byte("flags", "Of the record: 1 permanent, 2 maintenance needed, 4 performance degraded, 8 replacement needed.");

    private static readonly Key[] Place =
    [
        Key.Required("dpa", Shapes.Number(), "The device physical address; its lowest two bits say volatile and not repairable."),
        Byte("descriptor", "Bits: 1 uncorrectable, 2 threshold, 4 poison list overflow."),
        Byte("type", "Of the memory event."),
        Byte("transaction_type", "What the device did."),
        Byte("channel", "Left out: not valid."),
        Byte("rank", "Left out: not valid."),
    ];

    public static readonly KeySet MediaKeys = new("'media-error'",
    [
        Device, Log, Flags, .. Place,
        new("chip", Shapes.Number(0, Most24Bits), "The memory chip of the rank. Left out: not valid."),
        new("component_id", Shapes.Text, "Which part of the device. Left out: not valid."),
    ]);

    public static readonly KeySet DramKeys = new("'dram-error'",
    [
        Device, Log, Flags, .. Place,
        new("nibble_mask", Shapes.Number(0, Most24Bits), "Left out: not valid."),
        Byte("bank_group", "Left out: not valid."),
        Byte("bank", "Left out: not valid."),
        new("row", Shapes.Number(0, Most24Bits), "Left out: not valid."),
        new("column", Shapes.Number(0, ushort.MaxValue), "Left out: not valid."),
        new("correction_mask", Shapes.List(Shapes.Number()), "Which bits were corrected, four numbers of 64 bits. Left out: not valid."),
    ]);

    public static readonly KeySet ModuleKeys = new("'module-event'",
    [
        Device, Log, Flags,
        Byte("type", "Of the device event."),
        Byte("health_status", "As in health information."),
        Byte("media_status", "As in health information."),
        Byte("additional_status", "As in health information."),
        Byte("life_used", "Percent."),
        new("temperature", Shapes.Number(0, (ulong)short.MaxValue), "Degrees Celsius."),
        new("dirty_shutdown_count", Shapes.Number(0, uint.MaxValue), "Shutdowns that lost data."),
        new("corrected_volatile_error_count", Shapes.Number(0, uint.MaxValue), "Errors."),
        new("corrected_persistent_error_count", Shapes.Number(0, uint.MaxValue), "Errors."),
    ]);

    public static DeviceEventStep? Read(ReadContext context, YamlNode value, SourceLocation at, DeviceEventKind kind)
    {
        KeySet keys = kind switch { DeviceEventKind.GeneralMedia => MediaKeys, DeviceEventKind.Dram => DramKeys, _ => ModuleKeys };
        if (MappingReader.Open(context, value, keys) is not { } reader)
        {
            return null;
        }

        string? device = reader.Name("device");
        string log = reader.Text("log", text => WordParser.Choice(text, [.. Logs.Select(word => (word, word))])) ?? "failure";
        List<KeyValuePair<string, ulong>> fields = [];
        foreach (Key key in keys.Keys)
        {
            if (key.Shape is NumberShape && reader.Number<ulong>(key.Name) is { } number)
            {
                fields.Add(new(key.Name, number));
            }
        }

        return device is null ? null : new DeviceEventStep(at, device, kind, log, fields)
        {
            Component = keys.Knows("component_id") ? reader.Text("component_id", text => WordParser.Ascii(text, LongestComponent)) : null,
            CorrectionMask = keys.Knows("correction_mask") ? reader.Numbers<ulong>("correction_mask") : [],
        };
    }

    private static Key Byte(string name, string meaning) => new(name, Shapes.Number(0, byte.MaxValue), meaning);
}

using CxlSim.Core;
using CxlSim.Platform.Language;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Reading;

/// <summary>Reads the steps that are verbs of daxctl. Keys are its options.</summary>
internal static class DaxctlVerbs
{
    private const string DeviceHelp = "The device, or all.";

    private static readonly Key Device = Key.Required("device", Shapes.Name, DeviceHelp);
    private static readonly Key Align = new("align", Shapes.Size, "The alignment to set first: 4KiB, 2MiB or 1GiB.");
    private static readonly Key NoMovable = new("no_movable", Shapes.Flag, "Write online to each block and leave the zone to the kernel's policy. Left out: online_movable.");

    private static readonly KeySet ReconfigureKeys = new("'reconfigure-device'",
    [
        Device,
        new("mode", Shapes.Words("devdax", "system-ram"), "The driver that is to have it. Not heeded beside size or align."),
        new("size", Shapes.Size, "What it is to have; only without a driver."),
        Align,
        new("force", Shapes.Flag, "Towards devdax, take its memory offline first; towards system-ram, do not mind that the kernel onlines by itself."),
        new("no_online", Shapes.Flag, "Leave the blocks as the driver adds them."),
        NoMovable,
    ]);

    private static readonly KeySet OnlineKeys = new("'online-memory'", [Device, NoMovable]);

    private static readonly KeySet CreateKeys = new("'create-device'",
    [
        new("region", Shapes.Number(0, int.MaxValue), "The number of the dax region. Left out: each one."),
        new("size", Shapes.Size, "Left out: all that the region has left."),
        Align,
        new("mappings", Shapes.List(Shapes.Range), "Its ranges, in the order of its offsets. Left out: the lowest that are free."),
    ]);

    private static readonly KeySet DestroyKeys = new("'destroy-device'", [Device, new("force", Shapes.Flag, "Unbind it first; its memory is not taken offline.")]);

    private static readonly KeySet SplitKeys = new("'split-device'",
    [
        Device,
        Key.Required("sizes", Shapes.List(Shapes.Size), "What it keeps, then what each new device gets."),
        new("force", Shapes.Flag, "Take its memory offline first."),
    ]);

    /// <summary>The verbs, each with what stands behind it.</summary>
    public static readonly IReadOnlyList<Key> All =
    [
        Key.Required("reconfigure-device", Shapes.Mapping(() => ReconfigureKeys), "What 'daxctl reconfigure-device' does: another driver, size or alignment."),
        Key.Required("online-memory", Shapes.Either([Shapes.Name, Shapes.Mapping(() => OnlineKeys)]), "What 'daxctl online-memory' does to a device."),
        Key.Required("offline-memory", Shapes.Name, "What 'daxctl offline-memory' does to a device."),
        Key.Required("create-device", Shapes.Mapping(() => CreateKeys), "What 'daxctl create-device' does: a device for device_dax."),
        Key.Required("destroy-device", Shapes.Either([Shapes.Name, Shapes.Mapping(() => DestroyKeys)]), "What 'daxctl destroy-device' does."),
        Key.Required("enable-device", Shapes.Name, "What 'daxctl enable-device' does: bind it to device_dax."),
        Key.Required("disable-device", Shapes.Name, "What 'daxctl disable-device' does: unbind it from device_dax."),
        Key.Required("split-device", Shapes.Mapping(() => SplitKeys), "Cuts a device into several for device_dax, by the calls of daxctl that this takes."),
    ];

    /// <summary>Null after something that was reported.</summary>
    public static DaxctlStep? Read(ReadContext context, MappingReader step, string verb)
    {
        SourceLocation at = step.Mapping.Location;
        DaxctlVerb which = Verb(verb);
        YamlNode value = step.Node(verb)!;
        if (value is not YamlMapping && which is not (DaxctlVerb.ReconfigureDevice or DaxctlVerb.CreateDevice or DaxctlVerb.SplitDevice))
        {
            return step.Name(verb) is { } device ? new DaxctlStep(at, which, device) : null;
        }

        return which switch
        {
            DaxctlVerb.ReconfigureDevice => Open(context, value, ReconfigureKeys, at, which),
            DaxctlVerb.OnlineMemory => Open(context, value, OnlineKeys, at, which),
            DaxctlVerb.CreateDevice => Open(context, value, CreateKeys, at, which),
            DaxctlVerb.DestroyDevice => Open(context, value, DestroyKeys, at, which),
            DaxctlVerb.SplitDevice => Open(context, value, SplitKeys, at, which),
            _ => step.Name(verb) is { } device ? new DaxctlStep(at, which, device) : null, // a mapping is refused there
        };
    }

    /// <summary>The verb as daxctl spells it.</summary>
    public static string Word(DaxctlVerb verb) => All[(int)verb].Name;

    private static DaxctlVerb Verb(string word) => (DaxctlVerb)All.ToList().FindIndex(key => key.Name == word);

    private static DaxctlStep? Open(ReadContext context, YamlNode node, KeySet keys, SourceLocation at, DaxctlVerb verb)
    {
        if (MappingReader.Open(context, node, keys) is not { } reader)
        {
            return null;
        }

        T? If<T>(string key, Func<string, T?> read) => keys.Knows(key) ? read(key) : default;
        string device = If("device", reader.Name) ?? string.Empty;
        return keys.Knows("device") && device.Length == 0 ? null : new DaxctlStep(at, verb, device)
        {
            Mode = If("mode", key => reader.Text(key, text => WordParser.Choice(text, [("devdax", "devdax"), ("system-ram", "system-ram")]))),
            Size = If("size", key => reader.Size(key, ByteSize.Zero, new ByteSize(long.MaxValue))),
            Alignment = If("align", key => reader.Size(key, ByteSize.Zero, new ByteSize(long.MaxValue))),
            Force = If("force", reader.Flag) ?? false,
            NoOnline = If("no_online", reader.Flag) ?? false,
            NoMovable = If("no_movable", reader.Flag) ?? false,
            Region = If("region", reader.Number<int>),
            Mappings = If("mappings", key => reader.Values(key, ScalarParser.Range)) ?? [],
            Parts = If("sizes", key => reader.Values(key, text => ScalarParser.Size(text, ByteSize.Zero, new ByteSize(long.MaxValue)))) ?? [],
        };
    }
}

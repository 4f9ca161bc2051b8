using CxlSim.Core;
using CxlSim.Platform.Language;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Reading;

/// <summary>Reads the steps that are verbs of the tool cxl, or writes to attributes of a memory device. Keys are the tool's options.</summary>
internal static class CxlVerbs
{
    private static readonly Key Region = Key.Required("region", Shapes.Name, "The region, or all.");
    private static readonly Key Memdev = Key.Required("memdev", Shapes.Name, "The memory device, by its id in this file or as memN, or all.");
    private static readonly Key Port = Key.Required("port", Shapes.Name, "The port, or the endpoint where endpoint says so.");
    private static readonly Key Endpoint = new("endpoint", Shapes.Flag, "The port is an endpoint.");

    private static readonly KeySet DestroyRegionKeys = new("'destroy-region'", [Region, new("force", Shapes.Flag, "Disable it first, as disable-region with force does.")]);

    private static readonly KeySet DisableRegionKeys = new("'disable-region'", [Region, new("force", Shapes.Flag, "Go on where its memory cannot be taken offline: it is lost until the next boot.")]);

    private static readonly KeySet DisableMemdevKeys = new("'disable-memdev'", [Memdev, new("force", Shapes.Flag, "Also a device with committed decoders.")]);

    private static readonly KeySet EnablePortKeys = new("'enable-port'", [Port, Endpoint, new("memdevs", Shapes.Flag, "Enable the memory devices below it, too.")]);

    private static readonly KeySet DisablePortKeys = new("'disable-port'", [Port, Endpoint, new("force", Shapes.Flag, "Also a port with enabled memory devices below it.")]);

    private static readonly KeySet DpaKeys = new("a step for device capacity",
    [
        Memdev,
        new("type", Shapes.Words("ram", "pmem"), "Left out: ram."),
        new("size", Shapes.Size, "Left out: all that is free; of free-dpa, nothing stays."),
        new("decoder", Shapes.Name, "The endpoint decoder or its number. Left out: the next in order."),
        new("force", Shapes.Flag, "Let the kernel refuse what the tool would."),
    ]);

    private static readonly KeySet PartitionKeys = new("'set-partition'",
    [
        Memdev,
        new("type", Shapes.Words("ram", "pmem"), "Which side the size is for. Left out: pmem."),
        new("size", Shapes.Size, "Left out: all that can be divided."),
        new("align", Shapes.Flag, "Round the size to what the device can divide."),
    ]);

    private static readonly KeySet PoisonKeys = new("a step for poison", [Memdev, Key.Required("dpa", Shapes.Number(), "The device physical address of the line.")]);

    /// <summary>The verbs, each with what stands behind it.</summary>
    public static readonly IReadOnlyList<Key> All =
    [
        Key.Required("destroy-region", Shapes.Either([Shapes.Name, Shapes.Mapping(() => DestroyRegionKeys)]), "What 'cxl destroy-region' does: reset, clear and delete a region."),
        Key.Required("enable-region", Shapes.Name, "What 'cxl enable-region' does: bind it to its driver."),
        Key.Required("disable-region", Shapes.Either([Shapes.Name, Shapes.Mapping(() => DisableRegionKeys)]), "What 'cxl disable-region' does: take its memory offline and unbind it."),
        Key.Required("enable-memdev", Shapes.Name, "What 'cxl enable-memdev' does: bind it to cxl_mem."),
        Key.Required("disable-memdev", Shapes.Either([Shapes.Name, Shapes.Mapping(() => DisableMemdevKeys)]), "What 'cxl disable-memdev' does: unbind it from cxl_mem."),
        Key.Required("enable-port", Shapes.Either([Shapes.Name, Shapes.Mapping(() => EnablePortKeys)]), "What 'cxl enable-port' does: bind it to cxl_port."),
        Key.Required("disable-port", Shapes.Either([Shapes.Name, Shapes.Mapping(() => DisablePortKeys)]), "What 'cxl disable-port' does: unbind it from cxl_port."),
        Key.Required("reserve-dpa", Shapes.Either([Shapes.Name, Shapes.Mapping(() => DpaKeys)]), "What 'cxl reserve-dpa' does: give an endpoint decoder capacity."),
        Key.Required("free-dpa", Shapes.Either([Shapes.Name, Shapes.Mapping(() => DpaKeys)]), "What 'cxl free-dpa' does: take an endpoint decoder its capacity."),
        Key.Required("set-partition", Shapes.Either([Shapes.Name, Shapes.Mapping(() => PartitionKeys)]), "What 'cxl set-partition' does: divide the capacity from the next reset on."),
        Key.Required("inject-poison", Shapes.Mapping(() => PoisonKeys), "Writes inject_poison of the device in debugfs."),
        Key.Required("clear-poison", Shapes.Mapping(() => PoisonKeys), "Writes clear_poison of the device in debugfs."),
        Key.Required("sanitize", Shapes.Name, "Writes security/sanitize of a memory device, and waits for its end."),
    ];

    /// <summary>Null after something that was reported.</summary>
    public static CxlStep? Read(ReadContext context, MappingReader step, string verb)
    {
        SourceLocation at = step.Mapping.Location;
        CxlVerb which = (CxlVerb)All.ToList().FindIndex(key => key.Name == verb);
        YamlNode value = step.Node(verb)!;
        KeySet? keys = KeysOf(which);
        return keys is not null && (value is YamlMapping || which is CxlVerb.InjectPoison or CxlVerb.ClearPoison)
            ? Open(context, value, keys, at, which)
            : step.Name(verb) is { } subject ? new CxlStep(at, which, subject) : null;
    }

    /// <summary>The verb as cxl spells it.</summary>
    public static string Word(CxlVerb verb) => All[(int)verb].Name;

    /// <summary>The key of what the verb is about.</summary>
    public static string SubjectKey(CxlVerb verb) => KeysOf(verb)!.Required.First();

    private static KeySet? KeysOf(CxlVerb verb) => verb switch
    {
        CxlVerb.DestroyRegion => DestroyRegionKeys,
        CxlVerb.DisableRegion => DisableRegionKeys,
        CxlVerb.DisableMemdev => DisableMemdevKeys,
        CxlVerb.EnablePort => EnablePortKeys,
        CxlVerb.DisablePort => DisablePortKeys,
        CxlVerb.ReserveDpa or CxlVerb.FreeDpa => DpaKeys,
        CxlVerb.SetPartition => PartitionKeys,
        CxlVerb.InjectPoison or CxlVerb.ClearPoison => PoisonKeys,
        _ => null,
    };

    private static CxlStep? Open(ReadContext context, YamlNode node, KeySet keys, SourceLocation at, CxlVerb verb)
    {
        if (MappingReader.Open(context, node, keys) is not { } reader)
        {
            return null;
        }

        T? If<T>(string key, Func<string, T?> read) => keys.Knows(key) ? read(key) : default;
        string? subject = reader.Name(SubjectKey(verb));
        ulong? address = If("dpa", reader.Number<ulong>);
        return subject is null || (keys.Knows("dpa") && address is null) ? null : new CxlStep(at, verb, subject)
        {
            Force = If("force", reader.Flag) ?? false,
            Type = If("type", key => reader.Text(key, text => WordParser.Choice(text, [("ram", "ram"), ("pmem", "pmem")]))),
            Size = If("size", key => reader.Size(key, ByteSize.Zero, new ByteSize(long.MaxValue))),
            Decoder = If("decoder", reader.Name),
            Align = If("align", reader.Flag) ?? false,
            IsEndpoint = If("endpoint", reader.Flag) ?? false,
            WithMemdevs = If("memdevs", reader.Flag) ?? false,
            Address = new Dpa(address ?? 0),
        };
    }
}

using CxlSim.Core;
using CxlSim.Platform.Language;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Reading;

/// <summary>Reads what stands behind the verb of a step.</summary>
internal static class StepVerbs
{
    /// <summary>What can be written to a memory block's state so that it goes online.</summary>
    private static readonly string[] OnlineStates = ["online", "online_movable", "online_kernel"];

    private static readonly KeySet WriteKeys = new("'write'",
    [
        Key.Required("path", Shapes.Text, "The attribute, as below /sys."),
        Key.Required("value", Shapes.Text, "What is written, without the line's end."),
    ]);

    private static readonly KeySet RegionKeys = new("'create-region'",
    [
        Key.Required("decoder", Shapes.Name, "The root decoder, such as decoder0.0."),
        new("type", Shapes.Words("ram", "pmem"), "Left out: ram."),
        new("memdevs", Shapes.List(Shapes.Name), "Memory devices in interleave order, by the ids of this file or as memN; left out, all that the window reaches."),
        new("size", Shapes.Size, "Left out: as much as the devices have."),
        new("granularity", Shapes.Size, "Left out: the window's."),
    ]);

    private static readonly KeySet OnlineKeys = new("'online'",
    [
        Key.Required("subject", Shapes.Name, "A memory block, a dax device or a region."),
        new("state", Shapes.Words(OnlineStates), "What is written to each block's state. Left out: online."),
    ]);

    /// <summary>The highest number that a node can have: MAX_NUMNODES of a kernel with CONFIG_NODES_SHIFT of 10.</summary>
    private const ulong LastNode = 1023;

    private static readonly string[] MemoryKinds = ["anonymous", "thp", "pinned", "hugetlb-2M", "hugetlb-1G", "kernel"];

    private static readonly string[] Policies = ["default", "preferred", "preferred-many", "bind", "interleave", "weighted-interleave"];

    private static readonly KeySet AllocateKeys = new("'allocate'",
    [
        Key.Required("size", Shapes.Size, "How much memory is touched for the first time."),
        new("task", Shapes.Name, "A name for the program, for a later step 'free'. Left out: task."),
        new("kind", Shapes.Words(MemoryKinds), "What kind of pages: anonymous ones, transparent huge ones, pinned for a device, from a pool of huge pages, or the kernel's own. Left out: anonymous."),
        new("policy", Shapes.Words(Policies), "How nodes are chosen, as set_mempolicy(2) has it. Left out: default."),
        new("nodes", Shapes.List(Shapes.Number(0, LastNode)), "The nodes that the policy names."),
        new("cpu_node", Shapes.Number(0, LastNode), "The node of the CPU that the program runs on. Left out: the first that has CPUs."),
    ]);

    private static readonly KeySet StoreKeys = new("'store'",
    [
        Key.Required("hpa", Shapes.Number(), "The host physical address of the first byte."),
        Key.Required("value", Shapes.Number(), "Eight bytes, little-endian."),
    ]);

    private static readonly KeySet LoadKeys = new("'load'",
    [
        Key.Required("hpa", Shapes.Number(), "The host physical address of the first byte."),
        new("value", Shapes.Number(), "The eight bytes that must be found there; left out, any."),
    ]);

    private static readonly KeySet LoadMediaKeys = new("'load' from a device",
    [
        Key.Required("device", Shapes.Name, "The device's id in this file, or memN."),
        Key.Required("dpa", Shapes.Number(), "The device physical address of the first byte."),
        new("value", Shapes.Number(), "The eight bytes that must be found there; left out, any."),
    ]);

    /// <summary>The verbs, each with what stands behind it.</summary>
    public static readonly IReadOnlyList<Key> All =
    [
        Key.Required("write", Shapes.Mapping(() => WriteKeys), "Writes an attribute."),
        Key.Required("read", Shapes.Text, "Reads an attribute: its path below /sys."),
        Key.Required("create-region", Shapes.Mapping(() => RegionKeys), "What 'cxl create-region' does."),
        Key.Required("online", Shapes.Either([Shapes.Name, Shapes.Mapping(() => OnlineKeys), .. ChmemReader.Forms]), "Puts memory blocks online: a block, a dax device or a region; or what 'chmem -e' does."),
        Key.Required("offline", Shapes.Either([Shapes.Name, .. ChmemReader.Forms]), "Takes memory blocks offline: a block, a dax device or a region; or what 'chmem -d' does."),
        Key.Required("allocate", Shapes.Mapping(() => AllocateKeys), "A program touches memory; the step tells where Linux puts it."),
        Key.Required("free", Shapes.Name, "The program ends."),
        .. CxlVerbs.All,
        .. DaxctlVerbs.All,
        Key.Required("store", Shapes.Mapping(() => StoreKeys), "Stores eight bytes."),
        Key.Required("load", Shapes.Either([Shapes.Mapping(() => LoadKeys), Shapes.Mapping(() => LoadMediaKeys)]), "Loads eight bytes, through the decoders or from a device."),
        .. HardwareVerbs.All,
    ];

    public static IEnumerable<string> Names => All.Select(verb => verb.Name);

    public static Key Find(string name) => All.First(verb => verb.Name == name);

    /// <summary>Null after something that was reported.</summary>
    public static StepDescription? Read(ReadContext context, MappingReader step, string verb)
    {
        SourceLocation at = step.Mapping.Location;
        YamlNode value = step.Node(verb)!;
        return verb switch
        {
            "write" => Open(context, value, WriteKeys, reader => Write(at, reader)),
            "read" => step.Text("read") is { } path ? new ReadStep(at, path) : null,
            "create-region" => Open(context, value, RegionKeys, reader => CreateRegion(at, reader)),
            "online" or "offline" when ChmemReader.KeysOf(value, verb) is { } keys => ChmemReader.Read(context, value, keys, at, verb == "online"),
            "online" when value is YamlMapping => Open(context, value, OnlineKeys, reader => Online(at, reader)),
            "online" or "offline" => step.Name(verb) is { } subject ? new MemoryStateStep(at, subject, verb) : null,
            "allocate" => Open(context, value, AllocateKeys, reader => Allocate(at, reader)),
            "free" => step.Name(verb) is { } task ? new FreeStep(at, task) : null,
            _ when CxlVerbs.All.Any(known => known.Name == verb) => CxlVerbs.Read(context, step, verb),
            _ when HardwareVerbs.All.Any(known => known.Name == verb) => HardwareVerbs.Read(context, step, verb),
            _ when DaxctlVerbs.All.Any(known => known.Name == verb) => DaxctlVerbs.Read(context, step, verb),
            "store" => Open(context, value, StoreKeys, reader => Store(at, reader)),
            _ => value is YamlMapping load && (load.Has("device") || load.Has("dpa"))
                ? Open(context, value, LoadMediaKeys, reader => LoadMedia(at, reader))
                : Open(context, value, LoadKeys, reader => Load(at, reader)),
        };
    }

    private static StepDescription? Open(ReadContext context, YamlNode node, KeySet keys, Func<MappingReader, StepDescription?> read) =>
        MappingReader.Open(context, node, keys) is { } reader ? read(reader) : null;

    private static WriteStep? Write(SourceLocation at, MappingReader reader)
    {
        string? path = reader.Text("path");
        string? value = reader.Text("value");
        return path is not null && value is not null ? new WriteStep(at, path, value) : null;
    }

    private static CreateRegionStep? CreateRegion(SourceLocation at, MappingReader reader)
    {
        string? decoder = reader.Name("decoder");
        string type = reader.Text("type", text => WordParser.Choice(text, [("ram", "ram"), ("pmem", "pmem")])) ?? "ram";
        IReadOnlyList<string> memdevs = reader.Values("memdevs", WordParser.Name) ?? [];
        ByteSize? size = reader.Size("size", ByteSize.Zero, new ByteSize(ulong.MaxValue));

        // A granularity that no decoder can have is for the kernel to refuse: a step may expect EINVAL.
        int? granularity = (int?)reader.Size("granularity", ByteSize.Zero, new ByteSize(int.MaxValue))?.Bytes;
        return decoder is null ? null : new CreateRegionStep(at, decoder, type, memdevs, size, granularity);
    }

    private static MemoryStateStep? Online(SourceLocation at, MappingReader reader)
    {
        string? subject = reader.Name("subject");
        string state = reader.Text("state", text => WordParser.Choice(text, [.. OnlineStates.Select(s => (s, s))])) ?? "online";
        return subject is null ? null : new MemoryStateStep(at, subject, state);
    }

    private static AllocateStep? Allocate(SourceLocation at, MappingReader reader)
    {
        ByteSize? size = reader.Size("size", ByteSize.Page, new ByteSize(1UL << 52));
        string task = reader.Name("task") ?? "task";
        string kind = reader.Text("kind", text => WordParser.Choice(text, [.. MemoryKinds.Select(word => (word, word))])) ?? MemoryKinds[0];
        string policy = reader.Text("policy", text => WordParser.Choice(text, [.. Policies.Select(word => (word, word))])) ?? Policies[0];
        IReadOnlyList<int> nodes = reader.Numbers<int>("nodes");
        int? cpuNode = reader.Number<int>("cpu_node");
        return size is { } wanted ? new AllocateStep(at, task, wanted, kind, policy, nodes, cpuNode) : null;
    }

    private static StoreStep? Store(SourceLocation at, MappingReader reader)
    {
        ulong? address = reader.Number<ulong>("hpa");
        ulong? value = reader.Number<ulong>("value");
        return address is { } a && value is { } v ? new StoreStep(at, new Hpa(a), v) : null;
    }

    private static LoadStep? Load(SourceLocation at, MappingReader reader)
    {
        ulong? address = reader.Number<ulong>("hpa");
        ulong? value = reader.Number<ulong>("value");
        return address is { } a ? new LoadStep(at, new Hpa(a), value) : null;
    }

    private static LoadMediaStep? LoadMedia(SourceLocation at, MappingReader reader)
    {
        string? device = reader.Name("device");
        ulong? address = reader.Number<ulong>("dpa");
        ulong? value = reader.Number<ulong>("value");
        return device is not null && address is { } a ? new LoadMediaStep(at, device, new Dpa(a), value) : null;
    }
}

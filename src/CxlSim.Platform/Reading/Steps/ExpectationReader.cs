using CxlSim.Core;
using CxlSim.Platform.Language;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Reading;

/// <summary>Reads what must hold after a step, or at the end of a scenario.</summary>
internal static class ExpectationReader
{
    /// <summary>Every error that a system call can give; EPROBE_DEFER never leaves the kernel.</summary>
    public static readonly IReadOnlyList<(string Word, Errno Value)> Errors =
    [
        ("ok", Errno.Ok),
        .. Enum.GetValues<Errno>().Where(e => e is not (Errno.Ok or Errno.EPROBE_DEFER)).Select(e => (e.ToString(), e)),
    ];

    private const string Nowhere = "nowhere";

    private static readonly Shape Texts = Shapes.Either([Shapes.Text, Shapes.List(Shapes.Text)]);

    private static readonly Key[] Common =
    [
        new("log", Texts, "Lines of the kernel's log that must have come: a text that is in one, or a /regular expression/; one or a list. After a step, since it began."),
        new("no_log", Texts, "Lines of the kernel's log that must not have come."),
        new("attributes", Shapes.Map("path", Shapes.Text), "What attributes must show: a path below /sys or from an object by its name (mem0/ram/size), and a text or /regular expression/."),
        new("missing", Texts, "Paths that must not be there: below /sys, or an object's name."),
        new("iomem", Texts, "Lines that /proc/iomem must have, without what indents them: 1000000000-103fffffff : CXL Window 0."),
        new("no_iomem", Texts, "Lines that it must not have."),
        new("addresses", Shapes.Map("address", Shapes.Text), "Where host physical addresses lead through the committed decoders: a device's id and its byte (card 0x100), or nowhere."),
        new("in_use", Shapes.Map("device", Shapes.Size), "How much of each device's memory is in use: as memory of the system or of a dax device."),
        new("refused", Texts, "Rules by which something was refused, by their numbers: CXK0104."),
    ];

    private static readonly KeySet StepKeys = new("what a step must end with",
    [
        new("error", Shapes.Words(Errors.Select(error => error.Word)), "How the step must end. Left out: ok."),
        new("value", Shapes.Text, "What the step gives, such as the value that it reads: a text or /regular expression/."),
        .. Common,
    ]);

    public static readonly KeySet EndKeys = new("what must hold at the end",
    [
        .. Common,
        new("warned", Texts, "Rules that 'cxlsim check' warns of for the platform, by their numbers: CXK0012 or CXP0018."),
        new("snapshot", Shapes.Text, "A file beside this one that holds the machine's state as it was reviewed; 'cxlsim test --update' writes it."),
    ]);

    public static Shape StepShape => Shapes.Mapping(() => StepKeys);

    /// <summary>Behind a step: how it must end, and what else must hold.</summary>
    public static (Errno Error, ExpectationDescription? More) OfStep(ReadContext context, YamlMapping mapping)
    {
        MappingReader reader = MappingReader.Open(context, mapping, StepKeys)!;
        return (reader.Choice("error", Errors) ?? Errno.Ok, Read(context, reader) with { Value = One(context, reader, "value") });
    }

    /// <summary>At the end of a scenario. Null for what is no mapping.</summary>
    public static ExpectationDescription? OfEnd(ReadContext context, YamlNode node) => MappingReader.Open(context, node, EndKeys) is { } reader
        ? Read(context, reader) with { Warned = Many(context, reader, "warned"), Snapshot = SnapshotFile(context, reader) }
        : null;

    /// <summary>It is written, so it lies where the scenario does: a file from elsewhere writes nowhere else.</summary>
    private static string? SnapshotFile(ReadContext context, MappingReader reader)
    {
        string? name = reader.Text("snapshot");
        if (name is null || (name.Length > 0 && !Path.IsPathRooted(name) && !name.Split('/', '\\').Contains("..")))
        {
            return name;
        }

        context.Error(Cxp.Malformed, reader.Node("snapshot")!.Location, $"found '{Quote.Of(name)}' for 'snapshot'; expected a file in the folder of the scenario, or below");
        return null;
    }

    private static ExpectationDescription Read(ReadContext context, MappingReader reader) => new(reader.Mapping.Location)
    {
        Log = Many(context, reader, "log"),
        NoLog = Many(context, reader, "no_log"),
        Attributes = [.. Pairs(context, reader, "attributes").Select(pair => new ExpectedAttribute(pair.Key.Text, pair.Value))],
        Missing = Many(context, reader, "missing"),
        Iomem = Many(context, reader, "iomem"),
        NoIomem = Many(context, reader, "no_iomem"),
        Addresses = [.. Pairs(context, reader, "addresses").Select(pair => Address(context, pair.Key, pair.Value)).OfType<ExpectedAddress>()],
        InUse = [.. Pairs(context, reader, "in_use").Select(pair => Capacity(context, pair.Key, pair.Value)).OfType<ExpectedCapacity>()],
        Refused = Many(context, reader, "refused"),
    };

    private static ExpectedText? One(ReadContext context, MappingReader reader, string key) => reader.Node(key) is { } node ? Text(context, key, node) : null;

    private static IReadOnlyList<ExpectedText> Many(ReadContext context, MappingReader reader, string key) => reader.Node(key) switch
    {
        null => [],
        YamlSequence list => [.. list.Items.Select(item => Text(context, key, item)).OfType<ExpectedText>()],
        { } node => Text(context, key, node) is { } text ? [text] : [],
    };

    private static IReadOnlyList<(YamlScalar Key, ExpectedText Value)> Pairs(ReadContext context, MappingReader reader, string key)
    {
        if (reader.Node(key) is not { } node)
        {
            return [];
        }

        if (node is not YamlMapping mapping)
        {
            reader.Refuse(key, Cxp.WrongKind, $"found {node.Kind}; expected a mapping for '{key}'");
            return [];
        }

        return [.. mapping.Entries.Select(entry => (entry.Key, Value: Text(context, key, entry.Value))).Where(pair => pair.Value is not null).Select(pair => (pair.Key, pair.Value!))];
    }

    private static ExpectedText? Text(ReadContext context, string key, YamlNode node)
    {
        if (node is not YamlScalar { IsNull: false } scalar)
        {
            context.Error(Cxp.WrongKind, node.Location, $"found {node.Kind} for '{key}'; expected text");
            return null;
        }

        if (ExpectedText.Fault(scalar.Text) is { } fault)
        {
            context.Error(Cxp.Malformed, node.Location, $"found '{Quote.Of(scalar.Text)}' for '{key}'; expected a regular expression between the slashes: {fault}");
            return null;
        }

        return new ExpectedText(node.Location, scalar.Text);
    }

    private static ExpectedAddress? Address(ReadContext context, YamlScalar key, ExpectedText where)
    {
        Parsed<Hpa> address = ScalarParser.Address(key.Text);
        string[] words = where.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Parsed<Hpa> dpa = words.Length == 2 ? ScalarParser.Address(words[1]) : default;
        if (address.Fault is not null)
        {
            context.Error(address.Fault, key.Location, $"found '{Quote.Of(key.Text)}' for an address; expected {address.Expected}");
            return null;
        }

        bool isNowhere = words is [Nowhere];
        if (!isNowhere && (words.Length != 2 || dpa.Fault is not null))
        {
            context.Error(Cxp.Malformed, where.Location, $"found '{Quote.Of(where.Text)}' for where an address leads; expected a device and its byte, such as 'card 0x100', or '{Nowhere}'");
            return null;
        }

        return new ExpectedAddress(where.Location, address.Value, isNowhere ? null : words[0], isNowhere ? Dpa.Zero : new Dpa(dpa.Value.Value));
    }

    private static ExpectedCapacity? Capacity(ReadContext context, YamlScalar device, ExpectedText size)
    {
        Parsed<ByteSize> parsed = ScalarParser.Size(size.Text, ByteSize.Zero, new ByteSize(ulong.MaxValue));
        if (parsed.Fault is not null)
        {
            context.Error(parsed.Fault, size.Location, $"found '{Quote.Of(size.Text)}' for a size; expected {parsed.Expected}");
            return null;
        }

        return new ExpectedCapacity(size.Location, device.Text, parsed.Value);
    }
}

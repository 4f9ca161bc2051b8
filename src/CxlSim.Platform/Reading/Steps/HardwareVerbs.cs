using CxlSim.Core;
using CxlSim.Platform.Language;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Reading;

/// <summary>Reads steps that are no calls of a program: what hands and hardware do to a machine, and what becomes of its kernel.</summary>
internal static class HardwareVerbs
{
    private const string Usually = "Left out: ";

    private static readonly ByteSize PoisonLine = new(64);

    private static readonly (string Word, MailboxAnswerKind Value)[] Answers =
    [
        ("normal", MailboxAnswerKind.Normal), ("busy", MailboxAnswerKind.Busy), ("error", MailboxAnswerKind.Error),
        ("late", MailboxAnswerKind.Late), ("silent", MailboxAnswerKind.Silent),
    ];

    private static readonly (string Word, bool Value)[] Resets = [("cold", false), ("warm", true)];

    private static readonly Key Device = Key.Required("device", Shapes.Name, "The device's id in this file.");

    private static readonly KeySet PoisonKeys = new("'poison'",
    [
        Device,
        Key.Required("dpa", Shapes.Number(), "The device physical address of the first line, a multiple of 64."),
        new("length", Shapes.Size, Usually + "64 bytes."),
    ]);

    private static readonly KeySet CorrectableKeys = new("'correctable-error'", [Device, Key.Required("type", Shapes.Words(Words(true)), "Which error.")]);

    private static readonly KeySet UncorrectableKeys = new("'uncorrectable-error'",
    [
        Device,
        Key.Required("errors", Shapes.List(Shapes.Words(Words(false))), "Which errors, the first that happened first."),
        new("header", Shapes.List(Shapes.Number(0, uint.MaxValue)), "The words of the header log. " + Usually + "zeros."),
    ]);

    private static readonly KeySet LinkErrorKeys = new("'link-error'",
    [
        Device,
        Key.Required("error", Shapes.Words(LinkErrorWords.All.Select(error => error.Word)), "Which error: the first six are corrected, of the others the severity in the device's configuration space says whether they are fatal."),
        new("header", Shapes.List(Shapes.Number(0, uint.MaxValue)), "The words of the packet at fault, four at most. " + Usually + "zeros."),
    ]);

    private static readonly KeySet MailboxKeys = new("'mailbox'",
    [
        Device,
        Key.Required("answer", Shapes.Words(Answers.Select(answer => answer.Word)), "Busy and error answer at once, with a return code; late after a delay; silent never, the doorbell stays set; normal as before, also what waits."),
        new("opcode", Shapes.Number(0, ushort.MaxValue), "The command that is answered so. " + Usually + "all."),
        new("code", Shapes.Number(1, ushort.MaxValue), "The return code of error. " + Usually + "4, an internal error."),
        new("delay", Shapes.Duration, "Of late. " + Usually + "1s."),
    ]);

    /// <summary>The verbs, each with what stands behind it.</summary>
    public static readonly IReadOnlyList<Key> All =
    [
        Key.Required("unplug", Shapes.Name, "Presses the button of the slot that a device stands in; Linux lets it go five seconds later."),
        Key.Required("plug", Shapes.Name, "Puts a device that is out back into its slot and presses the button; of what it held, persistent bytes, labels and firmware are left."),
        Key.Required("link-down", Shapes.Name, "The link to a device in a hot-plug slot goes down, and the device with it, before anybody is asked."),
        Key.Required("link-up", Shapes.Name, "The link to a device that left its slot comes up again, and the device is back without a press of the button."),
        Key.Required("reset", Shapes.Name, "Writes 1 to the file reset of a device's PCI function: of the reset's ways Linux takes the first that works."),
        Key.Required("firmware-reset", Shapes.Words(Resets.Select(reset => reset.Word)), "Resets the whole machine: decoders are empty, firmware runs, and a kernel boots anew. Cold: of memory only what is persistent is left; warm: memory keeps its bytes."),
        Key.Required("poison", Shapes.Mapping(() => PoisonKeys), "A device finds poison in its media."),
        Key.Required("media-error", Shapes.Mapping(() => DeviceEventReader.MediaKeys), "A device makes a general media event record."),
        Key.Required("dram-error", Shapes.Mapping(() => DeviceEventReader.DramKeys), "A device makes a DRAM event record."),
        Key.Required("module-event", Shapes.Mapping(() => DeviceEventReader.ModuleKeys), "A device makes a memory module event record."),
        Key.Required("correctable-error", Shapes.Mapping(() => CorrectableKeys), "A bit of a device's RAS registers for what it corrected."),
        Key.Required("uncorrectable-error", Shapes.Mapping(() => UncorrectableKeys), "Bits of a device's RAS registers for what it could not correct."),
        Key.Required("link-error", Shapes.Mapping(() => LinkErrorKeys), "A device finds an error of PCI Express, on its link or in a packet."),
        Key.Required("mailbox", Shapes.Mapping(() => MailboxKeys), "A device's mailbox answers so from now on."),
        Key.Required("kexec", Shapes.Text, "Starts another kernel with this command line in place of the running one; devices keep what they hold."),
        Key.Required("wait", Shapes.Duration, "Lets virtual time pass, at most an hour."),
    ];

    /// <summary>Null after something that was reported.</summary>
    public static StepDescription? Read(ReadContext context, MappingReader step, string verb)
    {
        SourceLocation at = step.Mapping.Location;
        YamlNode value = step.Node(verb)!;
        return verb switch
        {
            "unplug" => step.Name(verb) is { } device ? new UnplugStep(at, device) : null,
            "plug" => step.Name(verb) is { } device ? new PlugStep(at, device) : null,
            "link-down" => step.Name(verb) is { } device ? new LinkDownStep(at, device) : null,
            "link-up" => step.Name(verb) is { } device ? new LinkUpStep(at, device) : null,
            "reset" => step.Name(verb) is { } device ? new ResetStep(at, device) : null,
            "firmware-reset" => step.Choice(verb, Resets) is { } keepsMemory ? new FirmwareResetStep(at, keepsMemory) : null,
            "kexec" => step.Text(verb) is { } commandLine ? new KexecStep(at, commandLine) : null,
            "wait" => step.Duration(verb) is { } time ? new WaitStep(at, time) : null,
            "media-error" => DeviceEventReader.Read(context, value, at, DeviceEventKind.GeneralMedia),
            "dram-error" => DeviceEventReader.Read(context, value, at, DeviceEventKind.Dram),
            "module-event" => DeviceEventReader.Read(context, value, at, DeviceEventKind.MemoryModule),
            "poison" => Open(context, value, PoisonKeys, (reader, device) => Poison(at, reader, device)),
            "correctable-error" => Open(context, value, CorrectableKeys, (reader, device) => Correctable(at, reader, device)),
            "uncorrectable-error" => Open(context, value, UncorrectableKeys, (reader, device) => Uncorrectable(at, reader, device)),
            "link-error" => Open(context, value, LinkErrorKeys, (reader, device) => LinkError(at, reader, device)),
            _ => Open(context, value, MailboxKeys, (reader, device) => Mailbox(at, reader, device)),
        };
    }

    /// <summary>The word for a way to answer.</summary>
    public static string Word(MailboxAnswerKind kind) => Answers.First(answer => answer.Value == kind).Word;

    private static StepDescription? Open(ReadContext context, YamlNode node, KeySet keys, Func<MappingReader, string, StepDescription?> read) =>
        MappingReader.Open(context, node, keys) is { } reader && reader.Name("device") is { } device ? read(reader, device) : null;

    private static PoisonStep? Poison(SourceLocation at, MappingReader reader, string device)
    {
        ulong? address = reader.Number<ulong>("dpa");
        ByteSize length = reader.Size("length", ByteSize.Zero, new ByteSize(long.MaxValue)) ?? PoisonLine;
        return address is { } first ? new PoisonStep(at, device, new Dpa(first), length) : null;
    }

    private static RasErrorStep? Correctable(SourceLocation at, MappingReader reader, string device) =>
        reader.Text("type", text => Choice(text, isCorrectable: true)) is { } error ? new RasErrorStep(at, device, true, [error], []) : null;

    private static RasErrorStep? Uncorrectable(SourceLocation at, MappingReader reader, string device) =>
        reader.Values("errors", text => Choice(text, isCorrectable: false)) is { Count: > 0 } errors
            ? new RasErrorStep(at, device, false, errors, reader.Numbers<uint>("header"))
            : null;

    private static LinkErrorStep? LinkError(SourceLocation at, MappingReader reader, string device) =>
        reader.Text("error", text => WordParser.Choice(text, [.. LinkErrorWords.All.Select(error => (error.Word, error.Word))])) is { } word
            ? new LinkErrorStep(at, device, word, reader.Numbers<uint>("header"))
            : null;

    private static MailboxStep? Mailbox(SourceLocation at, MappingReader reader, string device)
    {
        ushort? opcode = reader.Number<ushort>("opcode");
        ushort code = reader.Number<ushort>("code") ?? MailboxBehaviour.UsualReturnCode;
        double delay = reader.Duration("delay") ?? MailboxBehaviour.UsualDelayNs;
        return reader.Choice("answer", Answers) is { } kind ? new MailboxStep(at, device, new MailboxBehaviour(kind, opcode, code, delay)) : null;
    }

    private static IEnumerable<string> Words(bool isCorrectable) => (isCorrectable ? RasErrorWords.Correctable : RasErrorWords.Uncorrectable).Select(error => error.Word);

    private static Parsed<string> Choice(string text, bool isCorrectable) => WordParser.Choice(text, [.. Words(isCorrectable).Select(word => (word, word))]);
}

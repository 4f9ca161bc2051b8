using CxlSim.Platform.Language;
using CxlSim.Platform.Yaml;
using CxlSim.Spec.Acpi;

namespace CxlSim.Platform.Reading;

/// <summary>Reads what RSDP, XSDT, FACP, MCFG and HPET have beside a header.</summary>
internal static class RootTableReader
{
    private const int SignatureLength = 4;

    /// <summary>Tables whose fixed part is stated field by field.</summary>
    private static readonly Dictionary<string, IReadOnlyList<AcpiField>> Fixed = new() { ["FACP"] = Fadt.Fields, ["HPET"] = Hpet.Fields };

    /// <summary>Of fields whose default is not 0.</summary>
    private static readonly Dictionary<string, string> Defaults = new()
    {
        ["event_timer_block_id"] = "Left out: 0x8086a201.",
        ["base_address"] = "Left out: 0xfed00000, in memory.",
        ["dsdt"] = "Left out: where the DSDT lies, 0 above 4 GiB.",
        ["x_dsdt"] = "Left out: where the DSDT lies.",
        ["flags"] = "Left out: 0x100000, hardware-reduced ACPI.",
        ["minor_version"] = "Left out: 5.",
    };

    private static readonly KeySet RegisterKeys = new("a register's address",
        [.. GenericAddress.Fields.Select(field => new Key(field.Key, Shapes.Number(0, field.Largest), "Left out: 0."))]);

    private static readonly KeySet AllocationKeys = new("an allocation of the MCFG",
    [
        Key.Required("base", Shapes.Number(), "Address of bus 0 of the segment."),
        new("segment", Shapes.Number(0, ushort.MaxValue), "Left out: 0."),
        new("start_bus", Shapes.Number(0, byte.MaxValue), "Left out: 0."),
        new("end_bus", Shapes.Number(0, byte.MaxValue), "Left out: 255."),
        new("reserved", Shapes.Number(0, uint.MaxValue), "Left out: 0."),
    ]);

    public static readonly KeySet RsdpKeys = new("the RSDP",
    [
        new("checksum", Shapes.Number(0, byte.MaxValue), "Left out: what makes the sum of the first 20 bytes 0."),
        new("oem_id", Shapes.Text, "Left out: the firmware's."),
        new("revision", Shapes.Number(0, byte.MaxValue), "Left out: 2. Below it, the RSDT counts."),
        new("rsdt_address", Shapes.Number(0, uint.MaxValue), "Left out: 0, there is none."),
        new("length", Shapes.Number(0, uint.MaxValue), "Left out: 36."),
        new("xsdt_address", Shapes.Number(), "Left out: where the XSDT lies."),
        new("extended_checksum", Shapes.Number(0, byte.MaxValue), "Left out: what makes the sum of all bytes 0."),
        new("reserved", Shapes.Number(0, 0xff_ffff), "Left out: 0."),
    ]);

    public static readonly IReadOnlyList<Key> XsdtKeys =
    [
        new("entries", Shapes.List(Shapes.Either([Shapes.Text, Shapes.Number()])), "Signatures of tables, 0 for one that the machine has not, or addresses. Left out: all tables but the DSDT."),
    ];

    public static readonly IReadOnlyList<Key> McfgKeys =
    [
        new("reserved", Shapes.Number(), "Left out: 0."),
        new("allocations", Shapes.List(Shapes.Mapping(() => AllocationKeys)), "Memory-mapped configuration space. Left out: where the board has it, all buses of each segment."),
    ];

    public static readonly IReadOnlyList<Key> FadtKeys = KeysOf(Fadt.Fields);

    public static readonly IReadOnlyList<Key> HpetKeys = KeysOf(Hpet.Fields);

    private static readonly AcpiField[] RsdpFields = [new("RSDT Address", 16, 4), new("XSDT Address", 24, 8), new("Extended Checksum", 32, 1), new("Reserved", 33, 3)];
    private static readonly AcpiField[] McfgFields = [new("Reserved", AcpiTableHeader.SpecSize, 8)];

    /// <summary>The description with what the table's own keys say.</summary>
    public static TableDescription Complete(ReadContext context, MappingReader reader, string signature, TableDescription table) => signature switch
    {
        "RSDP" => table with { Fields = Numbers(reader, RsdpFields) },
        "XSDT" => table with { Entries = reader.Values("entries", Entry) },
        "MCFG" => table with
        {
            Fields = Numbers(reader, McfgFields),
            Allocations = reader.Has("allocations") ? reader.List("allocations", (item, _) => Allocation(context, item)) : null,
        },
        _ when Fixed.TryGetValue(signature, out IReadOnlyList<AcpiField>? fields) => table with
        {
            Fields = Numbers(reader, fields.Where(field => !field.IsRegister)),
            Registers = Registers(context, reader, fields.Where(field => field.IsRegister)),
        },
        _ => table,
    };

    private static IReadOnlyList<Key> KeysOf(IReadOnlyList<AcpiField> fields) =>
    [
        .. fields.Select(field => new Key(
            field.Key,
            field.IsRegister ? Shapes.Mapping(() => RegisterKeys) : Shapes.Number(0, field.Largest),
            Defaults.GetValueOrDefault(field.Key) ?? "Left out: 0.")),
    ];

    private static Dictionary<string, ulong> Numbers(MappingReader reader, IEnumerable<AcpiField> fields) => fields
        .Select(field => (field.Key, Value: reader.Number<ulong>(field.Key)))
        .Where(pair => pair.Value is not null)
        .ToDictionary(pair => pair.Key, pair => pair.Value!.Value);

    private static Dictionary<string, GenericAddressDescription> Registers(ReadContext context, MappingReader reader, IEnumerable<AcpiField> fields)
    {
        Dictionary<string, GenericAddressDescription> registers = [];
        foreach (string key in fields.Select(field => field.Key))
        {
            if (reader.Node(key) is { } node && MappingReader.Open(context, node, RegisterKeys) is { } register)
            {
                registers.Add(key, context.Register(new GenericAddressDescription(Numbers(register, GenericAddress.Fields)), register.Mapping));
            }
        }

        return registers;
    }

    private static McfgAllocationDescription? Allocation(ReadContext context, YamlNode node) =>
        MappingReader.Open(context, node, AllocationKeys) is not { } reader ? null : context.Register(
            new McfgAllocationDescription(
                reader.Number<ulong>("base") ?? 0,
                reader.Number<ushort>("segment") ?? 0,
                reader.Number<byte>("start_bus") ?? 0,
                reader.Number<byte>("end_bus") ?? byte.MaxValue,
                reader.Number<uint>("reserved") ?? 0),
            reader.Mapping);

    internal static bool IsSignature(string text) => text.Length == SignatureLength && text.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c));

    private static Parsed<XsdtEntryDescription> Entry(string text)
    {
        if (IsSignature(text) && !text.All(char.IsAsciiDigit))
        {
            return new XsdtEntryDescription(text, 0);
        }

        Parsed<ulong> number = ScalarParser.Number(text, 0, ulong.MaxValue);
        return number.Fault is null ? new XsdtEntryDescription(null, number.Value) : Parsed<XsdtEntryDescription>.Wrong(number.Fault, "the signature of a table or an address");
    }
}

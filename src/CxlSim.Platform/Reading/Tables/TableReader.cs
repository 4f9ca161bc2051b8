using CxlSim.Platform.Language;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Reading;

/// <summary>Reads <c>tables:</c> of the firmware section: by signature, what is said of a table as a whole, or the file that holds it.</summary>
internal static class TableReader
{
    /// <summary>Widths of the fields in an ACPI table header (ACPI 6.5 5.2.6).</summary>
    public const int OemIdLength = 6;
    public const int OemTableIdLength = 8;
    public const int CreatorIdLength = 4;

    /// <summary>Of one signature: more than a board has SSDTs.</summary>
    private const int MostFiles = 64;

    private static readonly Key[] HeaderKeys =
    [
        new("revision", Shapes.Number(0, byte.MaxValue), "Left out: the one that the table's layout here belongs to."),
        new("oem_id", Shapes.Text, "Left out: the firmware's."),
        new("oem_table_id", Shapes.Text, "Left out: the firmware's."),
        new("oem_revision", Shapes.Number(0, uint.MaxValue), "Left out: the firmware's."),
        new("creator_id", Shapes.Text, "Left out: the firmware's."),
        new("creator_revision", Shapes.Number(0, uint.MaxValue), "Left out: the firmware's."),
        new("length", Shapes.Number(0, uint.MaxValue), "What the header says, true or not. Left out: the length."),
        new("checksum", Shapes.Number(0, byte.MaxValue), "What the header says, true or not. Left out: what makes the sum of all bytes 0."),
    ];

    private static readonly KeySet Header = new("an ACPI table", HeaderKeys);

    private static readonly KeySet Madt = new("the MADT",
    [
        .. HeaderKeys,
        new("local_apic_address", Shapes.Number(0, uint.MaxValue), "Left out: 0xfee00000."),
        new("flags", Shapes.Number(0, uint.MaxValue), "Left out: 1, PC-AT compatible."),
    ]);

    private static readonly KeySet Cedt = new("the CEDT", [.. HeaderKeys, .. CedtReader.Keys]);

    private static readonly KeySet Srat = new("the SRAT", [.. HeaderKeys, new("table_revision", Shapes.Number(0, uint.MaxValue), "Of the fixed part. Left out: 1.")]);

    private static readonly KeySet Fadt = new("the FACP", [.. HeaderKeys, .. RootTableReader.FadtKeys]);

    private static readonly KeySet Hpet = new("the HPET", [.. HeaderKeys, .. RootTableReader.HpetKeys]);

    private static readonly KeySet Mcfg = new("the MCFG", [.. HeaderKeys, .. RootTableReader.McfgKeys]);

    private static readonly KeySet Xsdt = new("the XSDT", [.. HeaderKeys, .. RootTableReader.XsdtKeys]);

    /// <summary>Tables that firmware derives from the platform.</summary>
    private static readonly Dictionary<string, KeySet> Derived = new(StringComparer.Ordinal)
    {
        ["APIC"] = Madt, ["CEDT"] = Cedt, ["DSDT"] = Header, ["FACP"] = Fadt, ["HMAT"] = Header, ["HPET"] = Hpet, ["MCFG"] = Mcfg, ["RSDP"] = RootTableReader.RsdpKeys,
        ["SLIT"] = Header, ["SRAT"] = Srat, ["XSDT"] = Xsdt,
    };

    public static readonly Shape Shape = Shapes.Map("signature", Shapes.Either([Shapes.Text, Shapes.List(Shapes.Text), .. new[] { Header, Cedt, Madt, Srat, RootTableReader.RsdpKeys, Xsdt, Fadt, Mcfg, Hpet }.Select(keys => Shapes.Mapping(() => keys))]));

    /// <param name="context">Gathers findings.</param>
    /// <param name="node">The value of <c>tables</c>; null where it was left out.</param>
    /// <param name="cedt">What the CEDT holds beside bridges and windows.</param>
    public static SortedDictionary<string, TableDescription> Read(ReadContext context, YamlNode? node, out CedtDescription cedt)
    {
        SortedDictionary<string, TableDescription> tables = new(StringComparer.Ordinal);
        cedt = CedtReader.Read(context, null);
        if (node is not null and not YamlMapping)
        {
            context.Error(Cxp.WrongKind, node.Location, $"found {node.Kind}; expected a mapping from signatures to tables for 'tables'");
        }

        foreach ((YamlScalar key, YamlNode value) in (node as YamlMapping)?.Entries ?? [])
        {
            if (!RootTableReader.IsSignature(key.Text))
            {
                context.Error(Cxp.Malformed, key.Location, $"found '{Quote.Of(key.Text)}'; expected the signature of an ACPI table such as SRAT, four capital letters or digits");
            }
            else if (value is YamlScalar { IsNull: false } file)
            {
                if (TableFileReader.Read(context, key.Text, file) is { } bytes)
                {
                    tables.Add(key.Text, context.Register(new TableDescription { Raw = bytes }, (YamlMapping)node!));
                }
            }
            else if (value is YamlSequence list && !Derived.ContainsKey(key.Text))
            {
                if (ReadFiles(context, key.Text, list) is [var first, .. var further])
                {
                    tables.Add(key.Text, context.Register(new TableDescription { Raw = first, Further = [.. further.Select(bytes => new ReadOnlyMemory<byte>(bytes))] }, (YamlMapping)node!));
                }
            }
            else if (!Derived.TryGetValue(key.Text, out KeySet? keys))
            {
                context.Error(Cxp.UnknownKey, key.Location, $"found {key.Text}, which firmware does not derive; expected a file or a list of files for it, or one of {string.Join(", ", Derived.Keys)}");
            }
            else if (MappingReader.Open(context, value, keys) is { } reader)
            {
                tables.Add(key.Text, context.Register(RootTableReader.Complete(context, reader, key.Text, ReadHeader(reader, key.Text)), reader.Mapping));
                cedt = key.Text == "CEDT" ? CedtReader.Read(context, reader) : cedt;
            }
        }

        return tables;
    }

    /// <summary>Several tables of one signature, in the order in which the XSDT names them.</summary>
    private static byte[][] ReadFiles(ReadContext context, string signature, YamlSequence list)
    {
        List<byte[]> tables = [];
        if (list.Items.Count > MostFiles)
        {
            context.Error(Cxp.TableFile, list.Location, $"found {list.Items.Count} files for {signature}; expected at most {MostFiles}");
            return [];
        }

        foreach (YamlNode item in list.Items)
        {
            if (item is not YamlScalar { IsNull: false } file)
            {
                context.Error(Cxp.WrongKind, item.Location, $"found {item.Kind}; expected a file with the bytes of a table {signature}");
            }
            else if (TableFileReader.Read(context, signature, file) is { } bytes)
            {
                tables.Add(bytes);
            }
        }

        return [.. tables];
    }

    private static TableDescription ReadHeader(MappingReader reader, string signature) => new()
    {
        Revision = reader.Number<byte>("revision"),
        OemId = reader.Text("oem_id", text => WordParser.Ascii(text, OemIdLength)),
        OemTableId = reader.Text("oem_table_id", text => WordParser.Ascii(text, OemTableIdLength)),
        OemRevision = reader.Number<uint>("oem_revision"),
        CreatorId = reader.Text("creator_id", text => WordParser.Ascii(text, CreatorIdLength)),
        CreatorRevision = reader.Number<uint>("creator_revision"),
        TableRevision = reader.Number<uint>("table_revision"),
        LocalApicAddress = reader.Number<uint>("local_apic_address"),
        Flags = signature == "APIC" ? reader.Number<uint>("flags") : null,
        Length = reader.Number<uint>("length"),
        Checksum = reader.Number<byte>("checksum"),
    };
}

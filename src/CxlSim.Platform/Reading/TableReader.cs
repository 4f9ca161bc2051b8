using CxlSim.Platform.Language;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Reading;

/// <summary>Reads <c>tables:</c> of the firmware section: by signature, what is said of a table as a whole.</summary>
internal static class TableReader
{
    private const int SignatureLength = 4;

    /// <summary>Those that firmware derives from the platform.</summary>
    private static readonly string[] Derived = ["APIC", "CEDT", "DSDT", "FACP", "HMAT", "MCFG", "SLIT", "SRAT", "XSDT"];

    public static readonly KeySet Keys = new("an ACPI table",
    [
        new("revision", Shape.Number(0, byte.MaxValue), "Left out: the one that the table's layout here belongs to."),
        new("oem_id", Shape.Text, "Left out: the firmware's."),
        new("oem_table_id", Shape.Text, "Left out: the firmware's."),
        new("oem_revision", Shape.Number(0, uint.MaxValue), "Left out: the firmware's."),
        new("creator_id", Shape.Text, "Left out: the firmware's."),
        new("creator_revision", Shape.Number(0, uint.MaxValue), "Left out: the firmware's."),
        new("length", Shape.Number(0, uint.MaxValue), "What the header says, true or not. Left out: the length."),
        new("checksum", Shape.Number(0, byte.MaxValue), "What the header says, true or not. Left out: what makes the sum of all bytes 0."),
    ]);

    public static SortedDictionary<string, TableDescription> Read(ReadContext context, YamlNode node)
    {
        SortedDictionary<string, TableDescription> tables = new(StringComparer.Ordinal);
        if (node is not YamlMapping mapping)
        {
            context.Error(Cxp.WrongKind, node.Location, $"found {node.Kind}; expected a mapping from signatures to tables for 'tables'");
            return tables;
        }

        foreach ((YamlScalar key, YamlNode value) in mapping.Entries)
        {
            if (!IsSignature(key.Text))
            {
                context.Error(Cxp.Malformed, key.Location, $"found '{Quote.Of(key.Text)}'; expected the signature of an ACPI table such as SRAT, four capital letters or digits");
            }
            else if (!Derived.Contains(key.Text))
            {
                context.Error(Cxp.UnknownKey, key.Location, $"found {key.Text}, which firmware does not derive; known are {string.Join(", ", Derived)}");
            }
            else if (ReadHeader(context, value) is { } table)
            {
                tables.Add(key.Text, table);
            }
        }

        return tables;
    }

    private static bool IsSignature(string text) => text.Length == SignatureLength && text.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c));

    private static TableDescription? ReadHeader(ReadContext context, YamlNode node) =>
        MappingReader.Open(context, node, Keys) is not { } reader ? null : context.Register(
            new TableDescription
            {
                Revision = reader.Number<byte>("revision", 0, byte.MaxValue),
                OemId = reader.Text("oem_id", text => WordParser.Ascii(text, FirmwareReader.OemIdLength)),
                OemTableId = reader.Text("oem_table_id", text => WordParser.Ascii(text, FirmwareReader.OemTableIdLength)),
                OemRevision = reader.Number<uint>("oem_revision", 0, uint.MaxValue),
                CreatorId = reader.Text("creator_id", text => WordParser.Ascii(text, FirmwareReader.CreatorIdLength)),
                CreatorRevision = reader.Number<uint>("creator_revision", 0, uint.MaxValue),
                Length = reader.Number<uint>("length", 0, uint.MaxValue),
                Checksum = reader.Number<byte>("checksum", 0, byte.MaxValue),
            },
            reader.Mapping);
}

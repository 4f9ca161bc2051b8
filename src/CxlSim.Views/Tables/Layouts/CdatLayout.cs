using CxlSim.Spec.Acpi;
using CxlSim.Spec.Cxl;

namespace CxlSim.Views;

/// <summary>Coherent device attribute table (CDAT 1.04).</summary>
internal static class CdatLayout
{
    private const int PathsOffset = 16;
    private const int PathSize = 8;

    public static readonly StructureLayout Header = new("Header",
    [
        new(0, 4, "Length", Meanings.Decimal),
        new(4, 1, "Revision"),
        new(5, 1, "Checksum"),
        new(6, 6, "Reserved"),
        new(12, 4, "Sequence", Meanings.Decimal),
    ]);

    public static readonly TableLayout Table = new(null, CdatHeader.SpecSize, SubtableFormat.Cedt, new Dictionary<int, StructureLayout>
    {
        [0] = new("Device Scoped Memory Affinity (DSMAS)",
        [
            .. RecordHeader,
            new(4, 1, "DSMAD Handle", Meanings.Decimal),
            new(5, 1, "Flags", Meanings.Flags("bit 0", "bit 1", "non-volatile", "shareable", "hardware-managed coherency", "dynamic capacity", "read only")),
            new(6, 2, "Reserved"),
            new(8, 8, "DPA Base"),
            new(16, 8, "DPA Length", Meanings.Size),
        ]),
        [1] = new("Device Scoped Latency and Bandwidth (DSLBIS)",
        [
            .. RecordHeader,
            new(4, 1, "Handle", Meanings.Decimal),
            new(5, 1, "Flags", HmatLayout.Hierarchy),
            new(6, 1, "Data Type", HmatLayout.DataType),
            new(7, 1, "Reserved"),
            new(8, 8, "Entry Base Unit", Meanings.Decimal),
            new(16, 2, "Entry[0]", Meanings.Decimal),
            new(18, 2, "Entry[1]", Meanings.Decimal),
            new(20, 2, "Entry[2]", Meanings.Decimal),
            new(22, 2, "Reserved"),
        ]),
        [2] = new("Device Scoped Memory Side Cache (DSMSCIS)",
        [
            .. RecordHeader,
            new(4, 1, "DSMAS Handle", Meanings.Decimal),
            new(5, 3, "Reserved"),
            new(8, 8, "Memory Side Cache Size", Meanings.Size),
            new(16, 4, "Cache Attributes", HmatLayout.CacheAttributes),
        ]),
        [3] = new("Device Scoped Initiator (DSIS)",
        [
            .. RecordHeader,
            new(4, 1, "Flags", Meanings.Flags("memory attached")),
            new(5, 1, "Handle", Meanings.Decimal),
            new(6, 2, "Reserved"),
        ]),
        [4] = new("Device Scoped EFI Memory Type (DSEMTS)",
        [
            .. RecordHeader,
            new(4, 1, "DSMAS Handle", Meanings.Decimal),
            new(5, 1, "EFI Memory Type and Attribute", Meanings.Names("conventional", "conventional, specific purpose", "reserved")),
            new(6, 2, "Reserved"),
            new(8, 8, "DPA Offset"),
            new(16, 8, "DPA Length", Meanings.Size),
        ]),
        [5] = new("Switch Scoped Latency and Bandwidth (SSLBIS)",
        [
            .. RecordHeader,
            new(4, 1, "Data Type", HmatLayout.DataType),
            new(5, 3, "Reserved"),
            new(8, 8, "Entry Base Unit", Meanings.Decimal),
        ],
        record => Enumerable.Range(0, Math.Max(0, record.Length - PathsOffset) / PathSize).SelectMany(Path)),
    });

    private static IEnumerable<FieldLayout> RecordHeader => [new(0, 1, "Type"), new(1, 1, "Reserved"), new(2, 2, "Length", Meanings.Decimal)];

    private static IEnumerable<FieldLayout> Path(int number)
    {
        int offset = PathsOffset + (number * PathSize);
        yield return new FieldLayout(offset, 2, $"Port X[{number}]", Port);
        yield return new FieldLayout(offset + 2, 2, $"Port Y[{number}]", Port);
        yield return new FieldLayout(offset + 4, 2, $"Latency or Bandwidth[{number}]", Meanings.Decimal);
        yield return new FieldLayout(offset + 6, 2, "Reserved");
    }

    private static string Port(ulong value) => value switch
    {
        Spec.Cxl.CdatRecords.SslbisUpstream => "upstream port",
        Spec.Cxl.CdatRecords.SslbisAny => "any port",
        _ => Meanings.Decimal(value),
    };
}

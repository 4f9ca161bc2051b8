using CxlSim.Spec.Acpi;

namespace CxlSim.Views;

/// <summary>CXL early discovery table (CXL r3.1 9.18.1).</summary>
internal static class CedtLayout
{
    private const int TargetsOffset = 0x24;
    private const int MapsOffset = 8;

    public static readonly TableLayout Table = new(null, AcpiTableHeader.SpecSize, SubtableFormat.Cedt, new Dictionary<int, StructureLayout>
    {
        [0] = new("CXL Host Bridge (CHBS)",
        [
            .. RecordHeader,
            new(4, 4, "UID", Meanings.Decimal),
            new(8, 4, "CXL Version", Meanings.Names("RCH: CXL 1.1", "VH: CXL 2.0 or later")),
            new(12, 4, "Reserved"),
            new(16, 8, "Base"),
            new(24, 8, "Length", Meanings.Size),
        ]),
        [1] = new("CXL Fixed Memory Window (CFMWS)",
        [
            .. RecordHeader,
            new(4, 4, "Reserved"),
            new(8, 8, "Base HPA"),
            new(16, 8, "Window Size", Meanings.Size),
            new(24, 1, "Encoded Interleave Ways", Meanings.Ways),
            new(25, 1, "Interleave Arithmetic", Meanings.Names("modulo", "XOR")),
            new(26, 2, "Reserved"),
            new(28, 4, "Interleave Granularity", Meanings.Granularity),
            new(32, 2, "Window Restrictions", Meanings.Flags("device coherent", "host-only coherent", "volatile", "persistent", "fixed configuration", "back-invalidate")),
            new(34, 2, "QTG ID", Meanings.Decimal),
        ],
        window => Enumerable.Range(0, Math.Max(0, window.Length - TargetsOffset) / 4).Select(i => new FieldLayout(TargetsOffset + (4 * i), 4, $"Target[{i}]", Meanings.Decimal))),
        [2] = new("CXL XOR Interleave Math (CXIMS)",
        [
            .. RecordHeader,
            new(4, 2, "Reserved"),
            new(6, 1, "Interleave Granularity", Meanings.Granularity),
            new(7, 1, "Number of XOR Maps", Meanings.Decimal),
        ],
        maps => Enumerable.Range(0, maps.Length > 7 ? maps.Span[7] : 0).Select(i => new FieldLayout(MapsOffset + (8 * i), 8, $"XOR Map[{i}]", Meanings.Flags()))),
        [3] = new("RCEC Downstream Port Association (RDPAS)",
        [
            .. RecordHeader,
            new(4, 2, "Segment"),
            new(6, 2, "BDF", Meanings.Function),
            new(8, 1, "Protocol Type", Meanings.Names("CXL.io: RCRB base", "CXL.cachemem: component register base")),
            new(9, 8, "Address"),
        ]),
        [4] = new("CXL System Description (CSDS)", [.. RecordHeader, new(4, 2, "Capabilities"), new(6, 2, "Reserved")]),
    });

    private static IEnumerable<FieldLayout> RecordHeader => [new(0, 1, "Type"), new(1, 1, "Reserved"), new(2, 2, "Length", Meanings.Decimal)];
}

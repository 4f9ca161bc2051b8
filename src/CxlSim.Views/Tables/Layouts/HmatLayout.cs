using System.Globalization;
using CxlSim.Spec.Acpi;

namespace CxlSim.Views;

/// <summary>Heterogeneous memory attribute table (ACPI 6.5 5.2.28).</summary>
internal static class HmatLayout
{
    private const int InitiatorsOffset = 0x20;

    public static readonly TableLayout Table = new(new StructureLayout("Fixed Part", [new(0, 4, "Reserved")]), HmatProximity.FirstRecord, SubtableFormat.Hmat, new Dictionary<int, StructureLayout>
    {
        [0] = new("Memory Proximity Domain Attributes",
        [
            .. RecordHeader,
            new(8, 2, "Flags", Meanings.Flags("initiator domain is valid", "memory domain is valid")),
            new(10, 2, "Reserved"),
            new(12, 4, "Initiator Proximity Domain", Meanings.Decimal),
            new(16, 4, "Memory Proximity Domain", Meanings.Decimal),
            new(20, 4, "Reserved"),
            new(24, 8, "Reserved"),
            new(32, 8, "Reserved"),
        ]),
        [1] = new("System Locality Latency and Bandwidth",
        [
            .. RecordHeader,
            new(8, 1, "Flags", LocalityFlags),
            new(9, 1, "Data Type", DataType),
            new(10, 1, "Minimum Transfer Size"),
            new(11, 1, "Reserved"),
            new(12, 4, "Number of Initiators", Meanings.Decimal),
            new(16, 4, "Number of Targets", Meanings.Decimal),
            new(20, 4, "Reserved"),
            new(24, 8, "Entry Base Unit", Meanings.Decimal),
        ], Lists),
        [2] = new("Memory Side Cache",
        [
            .. RecordHeader,
            new(8, 4, "Memory Proximity Domain", Meanings.Decimal),
            new(12, 4, "Reserved"),
            new(16, 8, "Memory Side Cache Size", Meanings.Size),
            new(24, 4, "Cache Attributes", CacheAttributes),
            new(28, 2, "Address Mode", Meanings.Names("unknown", "extended linear")),
            new(30, 2, "Number of SMBIOS Handles", Meanings.Decimal),
        ], cache => Enumerable.Range(0, Math.Max(0, cache.Length - InitiatorsOffset) / 2).Select(i => new FieldLayout(InitiatorsOffset + (2 * i), 2, $"SMBIOS Handle[{i}]"))),
    });

    /// <summary>CDAT says it in the same words.</summary>
    /// <summary>The hierarchy, and the bits above it (ACPI 6.5 5.2.28.4).</summary>
    private static string LocalityFlags(ulong value) => string.Join(", ", new[] { Hierarchy(value), Meanings.Flags("minimum transfer size", "non-sequential")(value >> 4) }.Where(part => part.Length > 0));

    public static string Hierarchy(ulong value) => new[] { "memory", "first level cache", "second level cache", "third level cache" }.ElementAtOrDefault((int)(value & 15)) ?? "unknown";

    public static string DataType(ulong value) => Meanings.Names("access latency", "read latency", "write latency", "access bandwidth", "read bandwidth", "write bandwidth")(value);

    public static string CacheAttributes(ulong value) => string.Create(
        CultureInfo.InvariantCulture,
        $"level {(value >> 4) & 15} of {value & 15}, {Meanings.Names("not associative", "direct mapped", "complex")((value >> 8) & 15)}, {Meanings.Names("no policy", "write back", "write through")((value >> 12) & 15)}, lines of {value >> 16} bytes");

    private static IEnumerable<FieldLayout> RecordHeader => [new(0, 2, "Type"), new(2, 2, "Reserved"), new(4, 4, "Length", Meanings.Decimal)];

    /// <summary>The lists of domains, and the matrix; as much of them as the record has room for.</summary>
    private static IEnumerable<FieldLayout> Lists(ReadOnlyMemory<byte> record)
    {
        if (record.Length < InitiatorsOffset)
        {
            yield break;
        }

        long initiators = (long)FieldLayout.NumberOf(record.Span.Slice(12, 4));
        long targets = (long)FieldLayout.NumberOf(record.Span.Slice(16, 4));
        long offset = InitiatorsOffset;
        for (long i = 0; i < initiators + targets && offset <= record.Length; i++, offset += 4)
        {
            yield return new FieldLayout((int)offset, 4, i < initiators ? $"Initiator[{i}]" : $"Target[{i - initiators}]", Meanings.Decimal);
        }

        for (long i = 0; i < initiators && offset <= record.Length; i++)
        {
            for (long j = 0; j < targets && offset <= record.Length; j++, offset += 2)
            {
                yield return new FieldLayout((int)offset, 2, $"Entry[{i}][{j}]", Entry);
            }
        }
    }

    private static string Entry(ulong value) => value switch
    {
        0 => "not provided",
        0xffff => "unreachable",
        _ => Meanings.Decimal(value),
    };
}

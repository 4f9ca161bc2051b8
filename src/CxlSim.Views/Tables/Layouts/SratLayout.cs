using CxlSim.Spec.Acpi;

namespace CxlSim.Views;

/// <summary>System resource affinity table (ACPI 6.5 5.2.16).</summary>
internal static class SratLayout
{
    private const string Domain = "Proximity Domain";

    public static readonly TableLayout Table = new(
        new StructureLayout("Fixed Part", [new(0, 4, "Table Revision"), new(4, 8, "Reserved")]), SratMemoryAffinity.FirstRecord, SubtableFormat.Common, new Dictionary<int, StructureLayout>
    {
        [0] = new("Processor Local APIC Affinity",
        [
            .. RecordHeader,
            new(2, 1, Domain + " [7:0]", Meanings.Decimal),
            new(3, 1, "APIC ID", Meanings.Decimal),
            new(4, 4, "Flags", Meanings.Flags("enabled")),
            new(8, 1, "Local SAPIC EID"),
            new(9, 3, Domain + " [31:8]", Meanings.Decimal),
            new(12, 4, "Clock Domain"),
        ]),
        [1] = new("Memory Affinity",
        [
            .. RecordHeader,
            new(2, 4, Domain, Meanings.Decimal),
            new(6, 2, "Reserved"),
            new(8, 8, "Base Address"),
            new(16, 8, "Length", Meanings.Size),
            new(24, 4, "Reserved"),
            new(28, 4, "Flags", Meanings.Flags("enabled", "hot pluggable", "non-volatile", "specific purpose")),
            new(32, 8, "Reserved"),
        ]),
        [2] = new("Processor Local x2APIC Affinity",
        [
            .. RecordHeader,
            new(2, 2, "Reserved"),
            new(4, 4, Domain, Meanings.Decimal),
            new(8, 4, "x2APIC ID", Meanings.Decimal),
            new(12, 4, "Flags", Meanings.Flags("enabled")),
            new(16, 4, "Clock Domain"),
            new(20, 4, "Reserved"),
        ]),
        [5] = Generic("Generic Initiator Affinity"),
        [6] = Generic("Generic Port Affinity"),
    });

    private static IEnumerable<FieldLayout> RecordHeader => [new(0, 1, "Type"), new(1, 1, "Length", Meanings.Decimal)];

    private static StructureLayout Generic(string name) => new(name,
    [
        .. RecordHeader,
        new(2, 1, "Reserved"),
        new(3, 1, "Device Handle Type", Meanings.Names("ACPI", "PCI")),
        new(4, 4, Domain, Meanings.Decimal),
    ],
    record => record.Length > 3 && record.Span[3] == 1
        ? [new(8, 2, "PCI Segment"), new(10, 1, "PCI Bus"), new(11, 1, "PCI Device and Function", Meanings.DeviceFunction), new(12, 12, "Reserved"), .. GenericEnd]
        : [new(8, 8, "ACPI _HID", IsText: true), new(16, 4, "ACPI _UID", Meanings.Decimal), new(20, 4, "Reserved"), .. GenericEnd]);

    private static IEnumerable<FieldLayout> GenericEnd => [new(24, 4, "Flags", Meanings.Flags("enabled", "architectural transactions")), new(28, 4, "Reserved")];
}

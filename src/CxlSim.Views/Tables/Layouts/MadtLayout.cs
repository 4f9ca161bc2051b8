using CxlSim.Spec.Acpi;

namespace CxlSim.Views;

/// <summary>Multiple APIC description table (ACPI 6.5 5.2.12).</summary>
internal static class MadtLayout
{
    public static readonly TableLayout Table = new(
        new StructureLayout("Fixed Part", [new(0, 4, "Local Interrupt Controller Address"), new(4, 4, "Flags", Meanings.Flags("PC-AT compatible"))]), MadtLocalApic.FirstEntryOffset, SubtableFormat.Common, new Dictionary<int, StructureLayout>
    {
        [0] = new("Processor Local APIC",
        [
            .. RecordHeader,
            new(2, 1, "ACPI Processor UID", Meanings.Decimal),
            new(3, 1, "APIC ID", Meanings.Decimal),
            new(4, 4, "Flags", Meanings.Flags("enabled", "online capable")),
        ]),
        [1] = new("I/O APIC",
        [
            .. RecordHeader,
            new(2, 1, "I/O APIC ID", Meanings.Decimal),
            new(3, 1, "Reserved"),
            new(4, 4, "I/O APIC Address"),
            new(8, 4, "Global System Interrupt Base", Meanings.Decimal),
        ]),
        [2] = new("Interrupt Source Override",
        [
            .. RecordHeader,
            new(2, 1, "Bus"),
            new(3, 1, "Source", Meanings.Decimal),
            new(4, 4, "Global System Interrupt", Meanings.Decimal),
            new(8, 2, "Flags"),
        ]),
        [4] = new("Local APIC NMI",
        [
            .. RecordHeader,
            new(2, 1, "ACPI Processor UID", value => value == 0xff ? "all processors" : Meanings.Decimal(value)),
            new(3, 2, "Flags"),
            new(5, 1, "Local APIC LINT#", Meanings.Decimal),
        ]),
        [9] = new("Processor Local x2APIC",
        [
            .. RecordHeader,
            new(2, 2, "Reserved"),
            new(4, 4, "X2APIC ID", Meanings.Decimal),
            new(8, 4, "Flags", Meanings.Flags("enabled", "online capable")),
            new(12, 4, "ACPI Processor UID", Meanings.Decimal),
        ]),
    });

    private static IEnumerable<FieldLayout> RecordHeader => [new(0, 1, "Type"), new(1, 1, "Length", Meanings.Decimal)];
}

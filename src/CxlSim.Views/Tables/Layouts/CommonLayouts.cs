using CxlSim.Spec.Acpi;

namespace CxlSim.Views;

/// <summary>What all tables begin with, and those that only point to others (ACPI 6.5 5.2.5 to 5.2.10).</summary>
internal static class CommonLayouts
{
    public static readonly StructureLayout Header = new("Header",
    [
        new(0, 4, "Signature", IsText: true),
        new(4, 4, "Length", Meanings.Decimal),
        new(8, 1, "Revision"),
        new(9, 1, "Checksum"),
        new(10, 6, "OEM ID", IsText: true),
        new(16, 8, "OEM Table ID", IsText: true),
        new(24, 4, "OEM Revision"),
        new(28, 4, "Creator ID", IsText: true),
        new(32, 4, "Creator Revision"),
    ]);

    public static readonly StructureLayout RootPointer = new("Root System Description Pointer",
    [
        new(0, 8, "Signature", IsText: true),
        new(8, 1, "Checksum"),
        new(9, 6, "OEM ID", IsText: true),
        new(15, 1, "Revision"),
        new(16, 4, "RSDT Address"),
        new(20, 4, "Length", Meanings.Decimal),
        new(24, 8, "XSDT Address"),
        new(32, 1, "Extended Checksum"),
        new(33, 3, "Reserved"),
    ]);

    public static readonly StructureLayout Xsdt = new("Tables", [], part => Enumerable.Range(0, part.Length / 8).Select(i => new FieldLayout(8 * i, 8, $"Entry[{i}]")));

    public static readonly StructureLayout FixedDescription = new("Fixed ACPI Description", [.. Fadt.Fields.SelectMany(Layouts)]);

    public static readonly StructureLayout EventTimer = new("High Precision Event Timer", [.. Hpet.Fields.SelectMany(Layouts)]);

    public static readonly StructureLayout Facs = new("Firmware ACPI Control",
    [
        new(0, 4, "Signature", IsText: true),
        new(4, 4, "Length", Meanings.Decimal),
        new(8, 4, "Hardware Signature"),
        new(12, 4, "Firmware Waking Vector"),
        new(16, 4, "Global Lock"),
        new(20, 4, "Flags"),
    ]);

    /// <summary>A record of a type that no layout knows.</summary>
    public static StructureLayout Unknown(int type, SubtableFormat format) => new($"Record of unknown type {type}",
    [
        new(0, format.TypeWidth, "Type"),
        new(format.LengthOffset, format.LengthWidth, "Length", Meanings.Decimal),
    ]);

    private static IEnumerable<FieldLayout> Layouts(AcpiField field)
    {
        int start = field.Offset - AcpiTableHeader.SpecSize;
        return field.IsRegister
            ? GenericAddress.Fields.Select(part => new FieldLayout(start + part.Offset, part.Width, $"{field.Name} {part.Name}"))
            : [new FieldLayout(start, field.Width, field.Name)];
    }
}

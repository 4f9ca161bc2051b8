namespace CxlSim.Views;

/// <summary>A descriptor of the EFI memory map (UEFI 2.10 7.2.3).</summary>
internal static class EfiMapLayout
{
    public static readonly StructureLayout Descriptor = new("EFI Memory Descriptor",
    [
        new(0, 4, "Type", Meanings.Names(
            "reserved", "loader code", "loader data", "boot services code", "boot services data", "runtime services code", "runtime services data", "conventional",
            "unusable", "ACPI reclaim", "ACPI NVS", "memory-mapped I/O", "memory-mapped I/O port", "PAL code", "persistent", "unaccepted")),
        new(4, 4, "Reserved"),
        new(8, 8, "Physical Start"),
        new(16, 8, "Virtual Start"),
        new(24, 8, "Number of Pages", Meanings.Decimal),
        new(32, 8, "Attribute", Attributes),
    ]);

    private const ulong Runtime = 1UL << 63;

    private static string Attributes(ulong value) => string.Join(", ", new[] { Low(value & ~Runtime), (value & Runtime) != 0 ? "runtime" : string.Empty }.Where(part => part.Length > 0));

    private static string Low(ulong value) => Meanings.Flags(
        "uncacheable", "write combining", "write through", "write back", "uncacheable exported", "bit 5", "bit 6", "bit 7", "bit 8", "bit 9", "bit 10", "bit 11",
        "write protected", "read protected", "execute protected", "non-volatile", "more reliable", "read only", "specific purpose", "crypto capable")(value);
}

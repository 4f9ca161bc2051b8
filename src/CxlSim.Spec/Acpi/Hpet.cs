namespace CxlSim.Spec.Acpi;

/// <summary>The table of the high precision event timer (IA-PC HPET 1.0a 3.2.4, which ACPI 6.5 5.2.6 refers to).</summary>
public static class Hpet
{
    public const int BlockId = 36;
    public const int BaseAddress = 40;
    public const int Number = 52;
    public const int MinimumTick = 53;
    public const int Length = 56;

    /// <summary>Bytes of its registers.</summary>
    public const int RegisterBytes = 1024;

    /// <summary>All that follows the header, without gaps.</summary>
    public static readonly IReadOnlyList<AcpiField> Fields =
    [
        new("Event Timer Block ID", BlockId, 4),
        new("Base Address", BaseAddress, GenericAddress.Size),
        new("HPET Number", Number, 1),
        new("Minimum Clock Tick", MinimumTick, 2),
        new("Page Protection", 55, 1),
    ];
}

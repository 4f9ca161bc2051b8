namespace CxlSim.Spec.Acpi;

/// <summary>Where a register lies (generic address structure, ACPI 6.5 5.2.3.2).</summary>
public static class GenericAddress
{
    public const int Size = 12;

    /// <summary>Where the structure has its address.</summary>
    public const int Address = 4;

    /// <summary>Offsets count from the structure's start.</summary>
    public static readonly IReadOnlyList<AcpiField> Fields =
    [
        new("Space ID", 0, 1),
        new("Bit Width", 1, 1),
        new("Bit Offset", 2, 1),
        new("Access Size", 3, 1),
        new("Address", Address, 8),
    ];
}

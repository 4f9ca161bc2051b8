namespace CxlSim.Spec.Acpi;

/// <summary>A field of a table that is one number, or a register's address structure (ACPI 6.5 5.2).</summary>
/// <param name="Name">As the specification has it.</param>
/// <param name="Offset">From the table's start, in bytes.</param>
/// <param name="Width">In bytes; more than 8 is a <see cref="GenericAddress"/>.</param>
public sealed record AcpiField(string Name, int Offset, int Width)
{
    /// <summary>As platform files have it.</summary>
    public string Key => Name.ToLowerInvariant().Replace(' ', '_');

    /// <summary>The largest number that it holds.</summary>
    public ulong Largest => ulong.MaxValue >> (8 * (sizeof(ulong) - Width));

    public bool IsRegister => Width > sizeof(ulong);
}

namespace CxlSim.Views;

/// <summary>An ACPI table, field by field.</summary>
/// <param name="Signature">Four letters.</param>
/// <param name="Length">Bytes that are there.</param>
/// <param name="Structures">Its header, then its records.</param>
/// <param name="Faults">What is wrong with its form: lengths, checksum.</param>
public sealed record DecodedTable(string Signature, int Length, IReadOnlyList<TableStructure> Structures, IReadOnlyList<string> Faults)
{
    /// <summary>Whose it is; null for a table of the whole machine.</summary>
    public string? Owner { get; init; }
}

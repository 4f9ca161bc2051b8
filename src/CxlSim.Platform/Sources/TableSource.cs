using CxlSim.Core;

namespace CxlSim.Platform;

/// <summary>What a stretch of a firmware table came from.</summary>
/// <param name="Signature">Of the table: four letters; <c>EFI</c> for the EFI memory map.</param>
/// <param name="Offset">From the table's start, in bytes.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Location">Where the platform file states it; of what was derived, where that stands from which it was.</param>
/// <param name="Key">The key that states it or could; null for a whole record.</param>
/// <param name="Derivation">What it was derived from; null where the file states it.</param>
public sealed record TableSource(string Signature, int Offset, int Length, SourceLocation Location, string? Key, string? Derivation)
{
    public bool IsStated => Derivation is null;
}

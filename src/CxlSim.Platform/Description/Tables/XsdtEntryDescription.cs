namespace CxlSim.Platform;

/// <summary>An entry of the XSDT.</summary>
/// <param name="Signature">Of the table that it leads to; null where it is a number.</param>
/// <param name="Address">The number.</param>
public sealed record XsdtEntryDescription(string? Signature, ulong Address);

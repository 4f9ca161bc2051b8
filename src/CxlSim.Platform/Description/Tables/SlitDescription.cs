namespace CxlSim.Platform;

/// <summary>The SLIT as the file states it (ACPI 6.5 5.2.17).</summary>
/// <param name="Localities">What the table says of its size.</param>
/// <param name="Rows">Its entries; nothing makes them as many as the table says.</param>
public sealed record SlitDescription(ulong Localities, IReadOnlyList<IReadOnlyList<byte>> Rows);

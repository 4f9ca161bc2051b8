namespace CxlSim.Platform;

/// <summary>Where a register of a table lies (ACPI 6.5 5.2.3.2).</summary>
/// <param name="Fields">By key; what is not said is 0.</param>
public sealed record GenericAddressDescription(IReadOnlyDictionary<string, ulong> Fields);

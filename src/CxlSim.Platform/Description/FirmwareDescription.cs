namespace CxlSim.Platform;

/// <summary>What the board's software does before the operating system.</summary>
/// <param name="Decoders">Who programs HDM decoders.</param>
/// <param name="OemId">Six characters in every ACPI table.</param>
/// <param name="OemTableId">Eight characters in every ACPI table.</param>
public sealed record FirmwareDescription(FirmwareDecoders Decoders, string OemId, string OemTableId);

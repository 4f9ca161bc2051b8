using CxlSim.Core;

namespace CxlSim.Machine;

/// <summary>An ACPI table as firmware left it in memory.</summary>
/// <param name="Signature">Four letters; <c>RSD PTR </c> for the root pointer.</param>
/// <param name="Address">Where it lies.</param>
/// <param name="Bytes">All that its length claims.</param>
public sealed record FirmwareTable(string Signature, Hpa Address, ReadOnlyMemory<byte> Bytes);

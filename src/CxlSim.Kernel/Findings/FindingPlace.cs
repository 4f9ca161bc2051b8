using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>What a finding is about: as far as a kernel can know it, which sees tables and devices and no platform file.</summary>
public abstract record FindingPlace;

/// <summary>Bytes of a table.</summary>
/// <param name="Signature">Four letters: <c>CEDT</c>.</param>
/// <param name="Offset">From the table's first byte.</param>
/// <param name="Length">Bytes.</param>
public sealed record TablePlace(string Signature, int Offset, int Length) : FindingPlace;

/// <summary>A PCI function.</summary>
public sealed record FunctionPlace(Bdf Function) : FindingPlace;

/// <summary>A CXL host bridge, by the <c>_UID</c> of its ACPI device; null where it has none.</summary>
public sealed record BridgePlace(ulong? Uid) : FindingPlace;

/// <summary>The machine as a whole.</summary>
public sealed record MachinePlace : FindingPlace;

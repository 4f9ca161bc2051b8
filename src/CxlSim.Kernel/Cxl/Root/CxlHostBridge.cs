namespace CxlSim.Kernel;

/// <summary>A host bridge as cxl_acpi finds it: what the CEDT has a structure for.</summary>
/// <param name="Device">What becomes a dport of the root.</param>
/// <param name="Companion">Its device in the namespace, under whose name its log lines stand.</param>
/// <param name="Uid">Its <c>_UID</c>; null where it has none.</param>
public sealed record CxlHostBridge(Device Device, Device Companion, ulong? Uid);

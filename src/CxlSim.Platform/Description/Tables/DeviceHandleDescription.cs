namespace CxlSim.Platform;

/// <summary>How the SRAT names a device (ACPI 6.5 5.2.16.6).</summary>
public abstract record DeviceHandleDescription;

/// <param name="HardwareId">_HID, up to eight characters.</param>
/// <param name="Uid">_UID.</param>
public sealed record AcpiHandleDescription(string HardwareId, uint Uid) : DeviceHandleDescription;

/// <param name="Segment">PCI segment.</param>
/// <param name="Bdf">Bus 15:8, device 7:3, function 2:0.</param>
public sealed record PciHandleDescription(ushort Segment, ushort Bdf) : DeviceHandleDescription;

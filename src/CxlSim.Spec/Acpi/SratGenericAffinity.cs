using System.Runtime.InteropServices;
using CxlSim.Core;

namespace CxlSim.Spec.Acpi;

/// <summary>Generic initiator or port affinity (SRAT types 5 and 6, ACPI 6.5 5.2.16.6, 5.2.16.7): a device's place among the proximity domains.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct SratGenericAffinity : IBinaryLayout
{
    public const byte InitiatorTypeId = 5;
    public const byte PortTypeId = 6;
    public const byte HandleAcpi = 0;
    public const byte HandlePci = 1;
    public const uint FlagEnabled = 1 << 0;
    public const uint FlagArchitecturalTransactions = 1 << 1;

    public byte Type;
    public byte Length;
    public byte Reserved0;
    public byte HandleType;
    public uint ProximityDomain;

    /// <summary>_HID of the device, eight characters; with a PCI handle, segment in the low 16 bits and bus, device, function in the next.</summary>
    public ulong HardwareId;

    /// <summary>_UID of the device; with a PCI handle, reserved.</summary>
    public uint Uid;
    public uint Reserved1;
    public uint Flags;
    public uint Reserved2;

    public static int SpecSize => 0x20;
}

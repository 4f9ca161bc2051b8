using System.Runtime.InteropServices;
using CxlSim.Core;

namespace CxlSim.Spec.Acpi;

/// <summary>Generic port affinity (SRAT type 6, ACPI 6.5 5.2.16.7) with an ACPI device handle.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct SratGenericAffinity : IBinaryLayout
{
    public const byte PortTypeId = 6;
    public const byte HandleAcpi = 0;
    public const uint FlagEnabled = 1 << 0;

    public byte Type;
    public byte Length;
    public byte Reserved0;
    public byte HandleType;
    public uint ProximityDomain;

    /// <summary>_HID of the device, eight characters.</summary>
    public ulong HardwareId;

    /// <summary>_UID of the device.</summary>
    public uint Uid;
    public uint Reserved1;
    public uint Flags;
    public uint Reserved2;

    public static int SpecSize => 0x20;
}

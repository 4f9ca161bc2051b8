using System.Buffers.Binary;
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

    /// <summary>_HID of the device, eight characters; with a PCI handle, what <see cref="PciHandle"/> makes.</summary>
    public ulong HardwareId;

    /// <summary>_UID of the device; with a PCI handle, reserved.</summary>
    public uint Uid;
    public uint Reserved1;
    public uint Flags;
    public uint Reserved2;

    public static int SpecSize => 0x20;

    /// <summary>With a PCI handle: segment.</summary>
    public readonly ushort PciSegment => Bits.Low16(HardwareId);

    /// <summary>With a PCI handle: bus, device and function as they are elsewhere, the bus above.</summary>
    public readonly ushort PciBdf => BinaryPrimitives.ReverseEndianness(Bits.Low16(HardwareId >> 16));

    /// <summary>The bytes of a PCI handle: segment, then the bus, then device and function (ACPI 6.5 5.2.16.6).</summary>
    public static ulong PciHandle(ushort segment, ushort bdf) => segment | ((ulong)BinaryPrimitives.ReverseEndianness(bdf) << 16);
}

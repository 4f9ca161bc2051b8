using System.Runtime.InteropServices;
using CxlSim.Core;

namespace CxlSim.Spec.Acpi;

/// <summary>Root system description pointer, revision 2 (ACPI 6.5 5.2.5.3).</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct Rsdp : IBinaryLayout
{
    /// <summary>"RSD PTR " as a little-endian number.</summary>
    public const ulong ExpectedSignature = 0x2052_5450_2044_5352;

    public ulong Signature;
    public byte Checksum;
    public uint OemIdLow;
    public ushort OemIdHigh;
    public byte Revision;
    public uint RsdtAddress;
    public uint Length;
    public ulong XsdtAddress;
    public byte ExtendedChecksum;
    public ushort Reserved0;
    public byte Reserved1;

    public static int SpecSize => 36;
}

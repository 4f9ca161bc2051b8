using System.Runtime.InteropServices;
using CxlSim.Core;

namespace CxlSim.Spec.Acpi;

/// <summary>The header that every ACPI table begins with (ACPI 6.5 5.2.6).</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct AcpiTableHeader : IBinaryLayout
{
    /// <summary>Four ASCII letters, first letter in the low byte.</summary>
    public uint Signature;
    public uint Length;
    public byte Revision;
    public byte Checksum;
    public ulong OemIdAndTableIdLow;
    public uint OemTableIdMiddle;
    public ushort OemTableIdHigh;
    public uint OemRevision;
    public uint CreatorId;
    public uint CreatorRevision;

    public static int SpecSize => 36;

    public static uint SignatureOf(string letters) =>
        letters[0] | ((uint)letters[1] << 8) | ((uint)letters[2] << 16) | ((uint)letters[3] << 24);

    /// <summary>Four letters back, for log lines.</summary>
    public static string Name(uint signature) =>
        new([(char)(signature & 0xff), (char)((signature >> 8) & 0xff), (char)((signature >> 16) & 0xff), (char)(signature >> 24)]);
}

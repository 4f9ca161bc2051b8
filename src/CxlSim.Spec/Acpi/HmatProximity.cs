using System.Runtime.InteropServices;
using CxlSim.Core;

namespace CxlSim.Spec.Acpi;

/// <summary>Memory proximity domain attributes (HMAT type 0, ACPI 6.5 5.2.27.3).</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct HmatProximity : IBinaryLayout
{
    public const ushort TypeId = 0;
    public const ushort FlagInitiatorValid = 1 << 0;

    /// <summary>Revision 1 only.</summary>
    public const ushort FlagMemoryValid = 1 << 1;

    /// <summary>Where the records of the table begin.</summary>
    public const int FirstRecord = 0x28;

    public ushort Type;
    public ushort Reserved0;
    public uint Length;
    public ushort Flags;
    public ushort Reserved1;
    public uint Initiator;
    public uint Memory;
    public uint Reserved2;
    public ulong Reserved3;
    public ulong Reserved4;

    public static int SpecSize => 0x28;
}

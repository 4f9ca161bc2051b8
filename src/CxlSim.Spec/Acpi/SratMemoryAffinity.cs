using System.Runtime.InteropServices;
using CxlSim.Core;

namespace CxlSim.Spec.Acpi;

/// <summary>Memory affinity (SRAT type 1, ACPI 6.5 5.2.16.2).</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct SratMemoryAffinity : IBinaryLayout
{
    public const byte TypeId = 1;
    public const uint FlagEnabled = 1 << 0;
    public const uint FlagHotPluggable = 1 << 1;
    public const uint FlagNonVolatile = 1 << 2;

    /// <summary>Newer than ACPI 6.5; ACPICA knows it.</summary>
    public const uint FlagSpecificPurpose = 1 << 3;

    /// <summary>Where the records of the table begin.</summary>
    public const int FirstRecord = 0x30;

    public byte Type;
    public byte Length;
    public uint ProximityDomain;
    public ushort Reserved0;
    public ulong Base;
    public ulong RangeLength;
    public uint Reserved1;
    public uint Flags;
    public ulong Reserved2;

    public static int SpecSize => 0x28;
}

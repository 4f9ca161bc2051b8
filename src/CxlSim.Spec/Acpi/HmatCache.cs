using System.Runtime.InteropServices;
using CxlSim.Core;

namespace CxlSim.Spec.Acpi;

/// <summary>Memory-side cache (HMAT type 2, ACPI 6.5 5.2.27.5) without its list of u16 SMBIOS handles.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct HmatCache : IBinaryLayout
{
    public const ushort TypeId = 2;

    /// <summary>Fields of <see cref="Attributes"/>: how many levels there are, and which this is.</summary>
    public const int TotalLevelsShift = 0;
    public const int LevelShift = 4;

    /// <summary>0 none, 1 direct mapped, 2 complex.</summary>
    public const int AssociativityShift = 8;

    /// <summary>0 none, 1 write back, 2 write through.</summary>
    public const int WritePolicyShift = 12;

    /// <summary>16 bits, bytes.</summary>
    public const int LineSizeShift = 16;

    /// <summary>The other fields of <see cref="Attributes"/> have four bits each.</summary>
    public const uint FieldMask = 0xf;

    public const uint AssociativityDirectMapped = 1;

    /// <summary>The cache's own memory answers beside the memory that it caches, at the range's end (ACPI 6.6 5.2.29.5).</summary>
    public const ushort ModeExtendedLinear = 1;

    public ushort Type;
    public ushort Reserved0;
    public uint Length;
    public uint MemoryDomain;
    public uint Reserved1;
    public ulong CacheSize;
    public uint Attributes;

    /// <summary>0 unknown, or <see cref="ModeExtendedLinear"/>.</summary>
    public ushort AddressMode;
    public ushort SmbiosHandles;

    public static int SpecSize => 0x20;
}

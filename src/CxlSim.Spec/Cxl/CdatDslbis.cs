using System.Runtime.InteropServices;
using CxlSim.Core;

namespace CxlSim.Spec.Cxl;

/// <summary>Device scoped latency and bandwidth of a range (CDAT type 1, 1.04 2.3).</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct CdatDslbis : IBinaryLayout
{
    public const byte TypeId = 1;
    public const byte HierarchyMask = 0xf;

    public byte Type;
    public byte Reserved0;
    public ushort Length;

    /// <summary>Of the <see cref="CdatDsmas"/> that it speaks of.</summary>
    public byte Handle;

    /// <summary>As in the HMAT: bits 3:0 name a cache before the memory.</summary>
    public byte Flags;

    /// <summary>As in the HMAT: 0 to 2 latencies, 3 to 5 bandwidths.</summary>
    public byte DataType;
    public byte Reserved1;

    /// <summary>Picoseconds or MB/s.</summary>
    public ulong BaseUnit;
    public ushort Entry0;
    public ushort Entry1;
    public ushort Entry2;
    public ushort Reserved2;

    public static int SpecSize => 0x18;
}

using System.Runtime.InteropServices;
using CxlSim.Core;

namespace CxlSim.Spec.Cxl;

/// <summary>Device scoped memory side cache (CDAT type 2, 1.04 2.4).</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct CdatDsmscis : IBinaryLayout
{
    public const byte TypeId = 2;

    public byte Type;
    public byte Reserved0;
    public ushort Length;

    /// <summary>Of the <see cref="CdatDsmas"/> that it speaks of.</summary>
    public byte Handle;
    public byte Reserved1;
    public ushort Reserved2;
    public ulong CacheSize;

    /// <summary>As in the HMAT's memory-side cache.</summary>
    public uint Attributes;

    public static int SpecSize => 0x14;
}

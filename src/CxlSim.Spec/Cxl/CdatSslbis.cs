using System.Runtime.InteropServices;
using CxlSim.Core;

namespace CxlSim.Spec.Cxl;

/// <summary>Switch scoped latency and bandwidth (CDAT type 5, 1.04 2.7): this head, then entries of two port ids, a value, and two bytes reserved.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct CdatSslbis : IBinaryLayout
{
    public const byte TypeId = 5;
    public const int EntrySize = 8;

    public byte Type;
    public byte Reserved0;
    public ushort Length;
    public byte DataType;
    public byte Reserved1;
    public ushort Reserved2;

    /// <summary>Picoseconds or MB/s.</summary>
    public ulong BaseUnit;

    public static int SpecSize => 0x10;
}

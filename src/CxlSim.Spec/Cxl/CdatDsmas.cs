using System.Runtime.InteropServices;
using CxlSim.Core;

namespace CxlSim.Spec.Cxl;

/// <summary>Device scoped memory affinity: a range of device memory and its handle (CDAT type 0, 1.04 2.2).</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct CdatDsmas : IBinaryLayout
{
    public const byte TypeId = 0;
    public const byte FlagNonVolatile = 1 << 2;
    public const byte FlagShareable = 1 << 3;
    public const byte FlagHardwareCoherent = 1 << 4;
    public const byte FlagDynamicCapacity = 1 << 5;
    public const byte FlagReadOnly = 1 << 6;

    public byte Type;
    public byte Reserved0;
    public ushort Length;
    public byte Handle;
    public byte Flags;
    public ushort Reserved1;
    public ulong DpaBase;
    public ulong DpaLength;

    public static int SpecSize => 0x18;
}

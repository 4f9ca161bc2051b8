using System.Runtime.InteropServices;
using CxlSim.Core;

namespace CxlSim.Spec.Cxl;

/// <summary>Device scoped initiator: the device itself accesses memory (CDAT type 3, 1.04 2.5).</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct CdatDsis : IBinaryLayout
{
    public const byte TypeId = 3;
    public const byte FlagMemoryAttached = 1 << 0;

    public byte Type;
    public byte Reserved0;
    public ushort Length;
    public byte Flags;

    /// <summary>Handle of a <see cref="CdatDsmas"/> where memory is attached, else the initiator's own.</summary>
    public byte Handle;
    public ushort Reserved1;

    public static int SpecSize => 8;
}

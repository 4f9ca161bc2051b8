using System.Runtime.InteropServices;
using CxlSim.Core;

namespace CxlSim.Spec.Cxl;

/// <summary>Device scoped EFI memory type: what a range would be in the EFI memory map (CDAT type 4, 1.04 2.6).</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct CdatDsemts : IBinaryLayout
{
    public const byte TypeId = 4;

    public byte Type;
    public byte Reserved0;
    public ushort Length;

    /// <summary>Of the <see cref="CdatDsmas"/> that it speaks of.</summary>
    public byte Handle;

    /// <summary>0 conventional, 1 conventional with EFI_MEMORY_SP, 2 reserved.</summary>
    public byte EfiType;
    public ushort Reserved1;

    /// <summary>From the start of the range.</summary>
    public ulong DpaOffset;
    public ulong DpaLength;

    public static int SpecSize => 0x18;
}

using System.Runtime.InteropServices;
using CxlSim.Core;

namespace CxlSim.Spec.Cxl;

/// <summary>What a CDAT begins with (CDAT 1.04 2.1).</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct CdatHeader : IBinaryLayout
{
    public uint Length;
    public byte Revision;
    public byte Checksum;
    public uint Reserved0;
    public ushort Reserved1;
    public uint Sequence;

    public static int SpecSize => 0x10;
}

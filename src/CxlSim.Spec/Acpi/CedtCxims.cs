using System.Runtime.InteropServices;
using CxlSim.Core;

namespace CxlSim.Spec.Acpi;

/// <summary>CXL XOR interleave math structure without its list of u64 maps (CEDT type 2, CXL r3.1 9.18.1.4). It serves every XOR window of its granularity.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct CedtCxims : IBinaryLayout
{
    public const byte TypeId = 2;

    public byte Type;
    public byte Reserved0;
    public ushort RecordLength;
    public ushort Reserved1;

    /// <summary>Encoded host bridge interleave granularity (HBIG), see <see cref="Cxl.Interleave"/>.</summary>
    public byte EncodedGranularity;

    /// <summary>How many maps follow.</summary>
    public byte MapCount;

    public static int SpecSize => 8;
}

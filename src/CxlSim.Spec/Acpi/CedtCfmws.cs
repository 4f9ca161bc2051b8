using System.Runtime.InteropServices;
using CxlSim.Core;

namespace CxlSim.Spec.Acpi;

/// <summary>CXL fixed memory window structure without its target list of u32 host bridge UIDs (CEDT type 1, CXL r3.1 9.18.1.3).</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct CedtCfmws : IBinaryLayout
{
    public const byte TypeId = 1;
    public const byte ArithmeticModulo = 0;
    public const byte ArithmeticXor = 1;
    public const ushort RestrictDeviceCoherent = 1 << 0;
    public const ushort RestrictHostOnly = 1 << 1;
    public const ushort RestrictVolatile = 1 << 2;
    public const ushort RestrictPersistent = 1 << 3;
    public const ushort RestrictFixedConfig = 1 << 4;
    public const ushort RestrictBackInvalidate = 1 << 5;

    public byte Type;
    public byte Reserved0;
    public ushort RecordLength;
    public uint Reserved1;
    public ulong BaseHpa;
    public ulong WindowSize;

    /// <summary>Encoded interleave ways (ENIW), see <see cref="Cxl.Interleave"/>.</summary>
    public byte EncodedWays;
    public byte Arithmetic;
    public ushort Reserved2;

    /// <summary>Encoded host bridge interleave granularity (HBIG).</summary>
    public uint EncodedGranularity;
    public ushort Restrictions;
    public ushort QtgId;

    public static int SpecSize => 0x24;
}

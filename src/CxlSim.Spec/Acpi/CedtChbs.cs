using System.Runtime.InteropServices;
using CxlSim.Core;

namespace CxlSim.Spec.Acpi;

/// <summary>CXL host bridge structure: where a bridge's registers lie (CEDT type 0, CXL r3.1 9.18.1.2).</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct CedtChbs : IBinaryLayout
{
    public const byte TypeId = 0;

    /// <summary>CXL 1.1: the base is an RCRB of <see cref="RcrbLength"/> bytes.</summary>
    public const uint VersionRch = 0;

    /// <summary>CXL 2.0 and later: the base is a component register block of <see cref="ComponentLength"/> bytes.</summary>
    public const uint VersionVh = 1;

    public const ulong RcrbLength = 0x2000;
    public const ulong ComponentLength = 0x10000;

    public byte Type;
    public byte Reserved0;
    public ushort RecordLength;
    public uint Uid;
    public uint CxlVersion;
    public uint Reserved1;
    public ulong Base;
    public ulong Length;

    public static int SpecSize => 0x20;
}

using System.Runtime.InteropServices;
using CxlSim.Core;

namespace CxlSim.Spec.Acpi;

/// <summary>CXL system description structure (CEDT type 4, CXL r3.1 9.18.1.6).</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct CedtCsds : IBinaryLayout
{
    public const byte TypeId = 4;

    public byte Type;
    public byte Reserved0;
    public ushort RecordLength;
    public ushort Capabilities;
    public ushort Reserved1;

    public static int SpecSize => 8;
}

using System.Runtime.InteropServices;
using CxlSim.Core;

namespace CxlSim.Spec.Acpi;

/// <summary>RCEC downstream port association (CEDT type 3, CXL r3.1 9.18.1.5).</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct CedtRdpas : IBinaryLayout
{
    public const byte TypeId = 3;

    /// <summary>CXL.io: the address is that of an RCRB.</summary>
    public const byte ProtocolIo = 0;

    /// <summary>CXL.cache or CXL.mem: the address is that of component registers.</summary>
    public const byte ProtocolCacheMem = 1;

    public byte Type;
    public byte Reserved0;
    public ushort RecordLength;
    public ushort Segment;

    /// <summary>Of the root complex event collector: bus 15:8, device 7:3, function 2:0.</summary>
    public ushort Bdf;
    public byte Protocol;

    /// <summary>Not aligned.</summary>
    public ulong Address;

    public static int SpecSize => 0x11;
}

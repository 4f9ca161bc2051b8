using System.Runtime.InteropServices;
using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>What a program hands over to send a command (<c>include/uapi/linux/cxl_mem.h</c>, struct cxl_send_command).</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct CxlSendCommand : IBinaryLayout
{
    public uint Id;
    public uint Flags;

    /// <summary>Opcode of a raw command; reserved in others.</summary>
    public ushort RawOpcode;
    public ushort RawReserved;

    /// <summary>Filled in: the return code of the device.</summary>
    public uint ReturnCode;
    public uint InputSize;
    public uint InputReserved;

    /// <summary>Address in the program's memory.</summary>
    public ulong InputPayload;

    /// <summary>Room that the program has; filled in: bytes that came.</summary>
    public uint OutputSize;
    public uint OutputReserved;
    public ulong OutputPayload;

    public static int SpecSize => 48;
}

using System.Runtime.InteropServices;
using CxlSim.Core;

namespace CxlSim.Spec.Acpi;

/// <summary>One range of memory-mapped PCI configuration space (MCFG, PCI firmware specification 3.3 4.1.2). Entries start at byte 44 of the table.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct McfgAllocation : IBinaryLayout
{
    public const int FirstEntryOffset = 44;

    /// <summary>Each bus takes 1 MiB.</summary>
    public const ulong BytesPerBus = 1 << 20;

    public ulong Base;
    public ushort Segment;
    public byte StartBus;
    public byte EndBus;
    public uint Reserved;

    public static int SpecSize => 16;
}

using System.Runtime.InteropServices;
using CxlSim.Core;

namespace CxlSim.Spec.Acpi;

/// <summary>System locality latency and bandwidth (HMAT type 1, ACPI 6.5 5.2.27.4): this head, the initiators, the targets, then a row per initiator.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct HmatLocality : IBinaryLayout
{
    public const ushort TypeId = 1;
    public const byte HierarchyMask = 0xf;
    public const byte HierarchyMemory = 0;
    public const byte FlagMinimumTransfer = 1 << 4;
    public const byte FlagNonSequential = 1 << 5;

    /// <summary>Entries that say nothing: not given, and not reachable.</summary>
    public const ushort NotGiven = 0;
    public const ushort NotReachable = 0xffff;

    /// <summary>Latency is in picoseconds, bandwidth in MB/s.</summary>
    public const ulong PicosecondsPerNanosecond = 1000;

    public ushort Type;
    public ushort Reserved0;
    public uint Length;
    public byte Flags;

    /// <summary>0 to 2: access, read, write latency. 3 to 5: access, read, write bandwidth.</summary>
    public byte DataType;
    public byte MinimumTransfer;
    public byte Reserved1;
    public uint Initiators;
    public uint Targets;
    public uint Reserved2;
    public ulong BaseUnit;

    public static int SpecSize => 0x20;
}

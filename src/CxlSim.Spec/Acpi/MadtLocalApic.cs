using System.Runtime.InteropServices;
using CxlSim.Core;

namespace CxlSim.Spec.Acpi;

/// <summary>Processor local APIC (MADT type 0, ACPI 6.5 5.2.12.2).</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct MadtLocalApic : IBinaryLayout
{
    public const byte TypeId = 0;

    /// <summary>Where the records of the table begin.</summary>
    public const int FirstEntryOffset = 44;
    public const uint FlagEnabled = 1 << 0;
    public const uint FlagOnlineCapable = 1 << 1;

    public byte Type;
    public byte Length;
    public byte ProcessorUid;
    public byte ApicId;
    public uint Flags;

    public static int SpecSize => 8;
}

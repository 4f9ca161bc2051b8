using System.Runtime.InteropServices;
using CxlSim.Core;

namespace CxlSim.Spec.Acpi;

/// <summary>Processor local x2APIC (MADT type 9, ACPI 6.5 5.2.12.12).</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct MadtX2Apic : IBinaryLayout
{
    public const byte TypeId = 9;
    public const uint FlagEnabled = 1 << 0;
    public const uint FlagOnlineCapable = 1 << 1;

    public byte Type;
    public byte Length;
    public ushort Reserved0;
    public uint X2ApicId;
    public uint Flags;
    public uint ProcessorUid;

    public static int SpecSize => 16;
}

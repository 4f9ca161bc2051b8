using System.Runtime.InteropServices;
using CxlSim.Core;

namespace CxlSim.Spec.Acpi;

/// <summary>Processor local x2APIC affinity (SRAT type 2, ACPI 6.5 5.2.16.3).</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct SratX2ApicAffinity : IBinaryLayout
{
    public const byte TypeId = 2;
    public const uint FlagEnabled = 1;

    public byte Type;
    public byte Length;
    public ushort Reserved0;
    public uint ProximityDomain;
    public uint X2ApicId;
    public uint Flags;
    public uint ClockDomain;
    public uint Reserved1;

    public static int SpecSize => 0x18;
}

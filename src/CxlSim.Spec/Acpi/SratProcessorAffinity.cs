using System.Runtime.InteropServices;
using CxlSim.Core;

namespace CxlSim.Spec.Acpi;

/// <summary>Processor local APIC affinity (SRAT type 0, ACPI 6.5 5.2.16.1).</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct SratProcessorAffinity : IBinaryLayout
{
    public const byte TypeId = 0;
    public const uint FlagEnabled = 1;

    public byte Type;
    public byte Length;
    public byte ProximityDomainLow;
    public byte ApicId;
    public uint Flags;
    public byte SapicEid;
    public byte ProximityDomain1;
    public byte ProximityDomain2;
    public byte ProximityDomain3;
    public uint ClockDomain;

    public static int SpecSize => 0x10;
}

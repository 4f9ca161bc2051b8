using System.Runtime.InteropServices;
using CxlSim.Core;

namespace CxlSim.Spec.Acpi;

/// <summary>I/O APIC (MADT type 1, ACPI 6.5 5.2.12.3).</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct MadtIoApic : IBinaryLayout
{
    public const byte TypeId = 1;

    public byte Type;
    public byte Length;
    public byte IoApicId;
    public byte Reserved;
    public uint Address;
    public uint InterruptBase;

    public static int SpecSize => 12;
}

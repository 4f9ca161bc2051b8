using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>One entry of the x86 memory map (<c>arch/x86/kernel/e820.c</c>, struct e820_entry).</summary>
public sealed record E820Entry(AddressRange Range, E820Type Type)
{
    /// <summary>As iomem names the type.</summary>
    public string ResourceName => Type switch
    {
        E820Type.Ram => "System RAM",
        E820Type.SoftReserved => "Soft Reserved",
        E820Type.Acpi => "ACPI Tables",
        E820Type.Nvs => "ACPI Non-volatile Storage",
        E820Type.Unusable => "Unusable memory",
        E820Type.Pmem => "Persistent Memory",
        E820Type.Pram => "Persistent Memory (legacy)",
        E820Type.Reserved => "Reserved",
        _ => "Unknown E820 type",
    };

    /// <summary>As the boot log prints a type; the names have changed (<see cref="KernelChange.MapPrintedWithGaps"/>).</summary>
    public static string LogName(E820Type type, bool hasNewNames) => type switch
    {
        E820Type.Ram => hasNewNames ? "System RAM" : "usable",
        E820Type.Reserved => hasNewNames ? "device reserved" : "reserved",
        E820Type.SoftReserved => "soft reserved",
        E820Type.Acpi => "ACPI data",
        E820Type.Nvs => "ACPI NVS",
        E820Type.Unusable => "unusable",
        E820Type.Pmem or E820Type.Pram => $"persistent (type {(uint)type})",
        _ => $"type {(uint)type}",
    };
}

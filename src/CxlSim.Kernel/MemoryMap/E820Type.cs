namespace CxlSim.Kernel;

/// <summary>Types of the x86 memory map (<c>arch/x86/include/asm/e820/types.h</c>).</summary>
public enum E820Type : uint
{
    Ram = 1,
    Reserved = 2,
    Acpi = 3,
    Nvs = 4,
    Unusable = 5,
    Pmem = 7,
    Pram = 12,
    SoftReserved = 0xefff_ffff,
}

namespace CxlSim.Core;

/// <summary>What firmware leaves to the operating system: addresses and bytes, no objects.</summary>
/// <param name="EfiMemoryMap">The EFI memory map, descriptor after descriptor (UEFI 2.10 7.2.3).</param>
/// <param name="DescriptorSize">Stride of the map in bytes, at least 40.</param>
/// <param name="DescriptorVersion">1.</param>
/// <param name="Rsdp">Where the ACPI root pointer lies.</param>
/// <param name="CommandLine">The kernel's command line, as the boot loader passed it.</param>
/// <param name="KernelImage">Where the boot loader put the kernel: the names that iomem shows, and their ranges.</param>
public sealed record BootHandoff(
    ReadOnlyMemory<byte> EfiMemoryMap,
    int DescriptorSize,
    uint DescriptorVersion,
    Hpa Rsdp,
    string CommandLine,
    IReadOnlyList<(string Name, AddressRange Range)> KernelImage)
{
    /// <summary>The x86 memory map that a running kernel leaves to the next (<c>e820_table</c> of <c>struct boot_params</c>); empty where firmware's map says all.</summary>
    public IReadOnlyList<(AddressRange Range, uint Type)> MemoryMap { get; init; } = [];

    /// <summary>Whether the CPU says that a hypervisor runs it.</summary>
    public bool HasHypervisor { get; init; }

    /// <summary>How many bits of physical address the CPU says it has (CPUID 8000_0008h, EAX[7:0]).</summary>
    public int PhysicalBits { get; init; } = 52;

    /// <summary>Whether it says that it has page tables of five levels (CPUID 7, ECX[16]).</summary>
    public bool HasLa57 { get; init; }
}

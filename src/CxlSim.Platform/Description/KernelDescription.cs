namespace CxlSim.Platform;

/// <summary>The kernel that boots: version, build options, command line, modules.</summary>
public sealed record KernelDescription
{
    /// <summary>No x86 CPU of today has fewer.</summary>
    public const byte LeastPhysicalBits = 36;

    /// <summary>No x86 CPU has more.</summary>
    public const byte MostPhysicalBits = 52;

    /// <summary><c>6.12</c>, the kernel of the recordings, unless said otherwise.</summary>
    public required Version Version { get; init; }

    public required string CommandLine { get; init; }

    /// <summary>Build options that differ from the default, without <c>CONFIG_</c>: <c>EFI_SOFT_RESERVE: n</c>.</summary>
    public required IReadOnlyDictionary<string, string> Config { get; init; }

    /// <summary>Modules in the order in which they are loaded.</summary>
    public required IReadOnlyList<string> Modules { get; init; }

    /// <summary>Whether the kernel runs in a virtual machine, as the CPU tells it.</summary>
    public bool HasHypervisor { get; init; }

    /// <summary>Bits of physical address that the CPU says it has.</summary>
    public byte PhysicalBits { get; init; } = MostPhysicalBits;

    /// <summary>Whether the CPU has page tables of five levels.</summary>
    public bool HasLa57 { get; init; }

    /// <summary>Whether the modules of <c>tools/testing/cxl</c> were built, and the mock devices that they drive are there.</summary>
    public bool HasCxlTest { get; init; }

    /// <summary>Where the boot loader put the kernel's image; null when nothing was said, then iomem shows no kernel lines.</summary>
    public KernelImageDescription? Image { get; init; }
}

using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>How far addresses go: what the CPU can put on its bus, and what page tables of the kernel reach (<c>arch/x86/include/asm/sparsemem.h</c>).</summary>
public sealed class AddressSizes
{
    /// <summary>With page tables of four levels, and of five (MAX_PHYSMEM_BITS).</summary>
    private const int FourLevels = 46;
    private const int FiveLevels = 52;

    public AddressSizes(BootHandoff handoff, KernelConfig config, CommandLine commandLine)
    {
        bool hasFive = handoff.HasLa57 && config.IsEnabled("X86_5LEVEL") && !commandLine.Has("no5lvl");
        Farther = new NearestChange(handoff.HasLa57 ? "boot without no5lvl, and with CONFIG_X86_5LEVEL" : "run on a CPU with page tables of five levels (la57)");
        HasFiveLevels = hasFive;
        LastPhysical = Last(handoff.PhysicalBits);
        LastMapped = Last(hasFive ? FiveLevels : FourLevels);
    }

    /// <summary>Whether page tables have five levels.</summary>
    public bool HasFiveLevels { get; }

    /// <summary>The end of what the CPU can address, and so of /proc/iomem.</summary>
    public Hpa LastPhysical { get; }

    /// <summary>The end of what can be memory.</summary>
    public Hpa LastMapped { get; }

    /// <summary>What would let page tables reach farther.</summary>
    public NearestChange Farther { get; }

    private static Hpa Last(int bits) => new((1UL << bits) - 1);
}

using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>/sys/kernel: what the kernel says of itself (<c>kernel/ksysfs.c</c>).</summary>
public sealed class KernelDirectory() : KObject("kernel")
{
    private static readonly AttributeGroup Attributes = new(Attr<KernelDirectory>.ReadOnly("kexec_loaded", k => k.NextKernel is null ? "0" : "1"));

    /// <summary>What a kernel that waits to take this one's place will be handed; null where none is loaded.</summary>
    public BootHandoff? NextKernel { get; internal set; }

    public override IReadOnlyList<AttributeGroup> Groups => [Attributes];
}

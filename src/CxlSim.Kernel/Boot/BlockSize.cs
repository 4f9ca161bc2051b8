using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>How large a memory block is (<c>probe_memory_block_size</c> in <c>arch/x86/mm/init_64.c</c>, 6.12).</summary>
public static class BlockSize
{
    public static readonly ByteSize Smallest = ByteSize.MiB(128);
    private static readonly ByteSize Largest = ByteSize.GiB(2);
    private static readonly Hpa LargeMachine = new(ByteSize.GiB(64).Bytes);

    /// <param name="endOfMemory">End of the boot RAM.</param>
    /// <param name="isVirtualMachine">Whether the CPU says that there is a hypervisor.</param>
    public static ByteSize Probe(Hpa endOfMemory, bool isVirtualMachine)
    {
        if (endOfMemory < LargeMachine)
        {
            return Smallest;
        }

        if (!isVirtualMachine)
        {
            return Largest;
        }

        ByteSize size = Largest;
        while (size > Smallest && !endOfMemory.IsAligned(size))
        {
            size /= 2;
        }

        return size;
    }
}

using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>How large a memory block is (<c>probe_memory_block_size</c> in <c>arch/x86/mm/init_64.c</c>).</summary>
public static class BlockSize
{
    public static readonly ByteSize Smallest = ByteSize.MiB(128);
    public static readonly ByteSize Largest = ByteSize.GiB(2);
    private static readonly Hpa LargeMachine = new(ByteSize.GiB(64).Bytes);

    /// <param name="endOfMemory">End of the boot RAM.</param>
    /// <param name="isVirtualMachine">Whether the CPU says that there is a hypervisor.</param>
    /// <param name="advice">What CXL windows would like at most; null where nobody asked.</param>
    public static ByteSize Probe(Hpa endOfMemory, bool isVirtualMachine, ByteSize? advice = null)
    {
        if (endOfMemory < LargeMachine)
        {
            return Smallest; // even against advice
        }

        if (!isVirtualMachine && advice is null)
        {
            return Largest;
        }

        ByteSize size = advice is { } most && most < Largest ? most : Largest;
        while (size > Smallest && !endOfMemory.IsAligned(size))
        {
            size /= 2;
        }

        return size < Smallest ? Smallest : size;
    }
}

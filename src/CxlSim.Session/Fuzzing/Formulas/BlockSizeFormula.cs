using CxlSim.Kernel;

namespace CxlSim.Session;

/// <summary>The size of memory blocks (<c>probe_memory_block_size</c> in <c>arch/x86/mm/init_64.c</c>).</summary>
internal static class BlockSizeFormula
{
    private const ulong MiB = 1UL << 20;
    private static readonly Version WithAdvice = new(6, 16);

    /// <summary>Bytes; null where windows have a say, which is no matter of this formula.</summary>
    public static ulong? Of(FuzzMachine machine)
    {
        ulong end = machine.Kernel.FirmwareMap.Where(entry => entry.Type == E820Type.Ram).Select(entry => entry.Range.Last.Value + 1).Append(0UL).Max();
        if (end < 65536 * MiB)
        {
            return 128 * MiB;
        }

        if (machine.Platform.Kernel.Version >= WithAdvice && machine.Platform.Windows.Count > 0)
        {
            return null;
        }

        return !machine.Platform.Kernel.HasHypervisor ? 2048 * MiB : new ulong[] { 2048, 1024, 512, 256, 128 }.Select(size => size * MiB).First(size => size == 128 * MiB || end % size == 0);
    }
}

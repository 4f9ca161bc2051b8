using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>Whether what the tables say of nodes fits the boot RAM (<c>mm/numa_memblks.c</c>).</summary>
public static class NumaCheck
{
    /// <summary>More RAM than this without a node, and the tables do not count.</summary>
    private static readonly ByteSize MostUncovered = ByteSize.MiB(1);

    /// <summary>Of boot RAM no byte may have two nodes, and all of it must have one (<c>numa_cleanup_meminfo</c>, <c>numa_meminfo_cover_memory</c>).</summary>
    public static bool IsConsistent(LinuxKernel kernel)
    {
        AddressRange[] ram = [.. kernel.E820.Entries.Where(entry => entry.Type == E820Type.Ram).Select(entry => entry.Range)];
        (AddressRange Range, int Node)[] blocks =
            [.. kernel.Numa.Blocks.Where(block => Array.Exists(ram, range => range.Overlaps(block.Range))).Select(block => (Clip(block.Range, ram), block.Node))];
        for (int i = 0; i < blocks.Length; i++)
        {
            for (int j = i + 1; j < blocks.Length; j++)
            {
                if (blocks[i].Node != blocks[j].Node && blocks[i].Range.Overlaps(blocks[j].Range))
                {
                    kernel.Log.Error(
                        $"NUMA: node {blocks[i].Node} {MemFormat.Of(blocks[i].Range)} overlaps with node {blocks[j].Node} {MemFormat.Of(blocks[j].Range)}");
                    return false;
                }
            }
        }

        ulong uncovered = ram.Aggregate(0UL, (sum, range) => sum + Uncovered(range, blocks));
        if (uncovered >= MostUncovered.Bytes)
        {
            kernel.Log.Error($"NUMA: no nodes coverage for {uncovered >> 20}MB of RAM");
            return false;
        }

        return true;
    }

    /// <summary>What lies outside of boot RAM is no matter of conflict.</summary>
    private static AddressRange Clip(AddressRange block, AddressRange[] ram)
    {
        Hpa first = ram.Min(range => range.Start);
        Hpa last = ram.Max(range => range.Last);
        return AddressRange.FromBounds(block.Start > first ? block.Start : first, block.Last < last ? block.Last : last);
    }

    private static ulong Uncovered(AddressRange ram, (AddressRange Range, int Node)[] blocks)
    {
        ulong left = ram.Size.Bytes;
        ulong next = ram.Start.Value;
        foreach ((AddressRange block, int _) in blocks.OrderBy(block => block.Range.Start))
        {
            ulong start = Math.Max(next, block.Start.Value);
            ulong last = Math.Min(ram.Last.Value, block.Last.Value);
            if (start <= last)
            {
                left -= last - start + 1;
                next = last == ulong.MaxValue ? last : last + 1;
            }
        }

        return left;
    }
}

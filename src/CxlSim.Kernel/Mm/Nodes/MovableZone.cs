using System.Globalization;
using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>How much of the boot RAM is kept movable: <c>movable_node</c>, else <c>kernelcore=</c> and <c>movablecore=</c> (<c>find_zone_movable_pfns_for_nodes</c> in <c>mm/mm_init.c</c>).</summary>
public static class MovableZone
{
    private const int PageShift = 12;

    /// <summary>MAX_ORDER_NR_PAGES: a zone begins where the allocator's largest block does.</summary>
    private const ulong LargestBlock = 1024;

    private static readonly ulong[] ZoneStarts = [0, 16UL << 20 >> PageShift, 4UL << 30 >> PageShift];

    /// <summary>Says of each node from which page on its boot RAM is movable.</summary>
    public static void Plan(KernelCore core, Numa numa, IReadOnlyList<AddressRange> ram)
    {
        List<(int Node, ulong Start, ulong End)> pages = [.. Pages(numa, ram).OrderBy(range => range.Start)];
        SortedDictionary<int, ulong> starts = core.CommandLine.Has("movable_node")
            ? OfHotPluggable(core, numa, pages)
            : OfKernelCore(Wanted(core.CommandLine, pages.Aggregate(0UL, (sum, range) => sum + range.End - range.Start)), pages);
        foreach ((int node, ulong start) in starts)
        {
            ulong rounded = (start + LargestBlock - 1) / LargestBlock * LargestBlock;
            ulong end = pages.Where(range => range.Node == node).Max(range => range.End);
            numa.Node(node).MovableStartPfn = rounded < end ? rounded : null;
        }
    }

    private static IEnumerable<(int Node, ulong Start, ulong End)> Pages(Numa numa, IReadOnlyList<AddressRange> ram)
    {
        foreach (NumaMemblk block in numa.Memblks.Memory)
        {
            foreach (AddressRange range in ram.Where(range => range.Overlaps(block.Range)))
            {
                ulong start = Math.Max(range.Start.Value, block.Range.Start.Value) >> PageShift;
                ulong end = (Math.Min(range.Last.Value, block.Range.Last.Value) >> PageShift) + 1;
                yield return (block.Node, start, end);
            }
        }
    }

    /// <summary>Nodes that the kernel itself lies on stay as they are (<c>numa_clear_kernel_node_hotplug</c>).</summary>
    private static SortedDictionary<int, ulong> OfHotPluggable(KernelCore core, Numa numa, List<(int Node, ulong Start, ulong End)> pages)
    {
        SortedDictionary<int, ulong> starts = [];
        foreach ((int node, ulong start, ulong end) in pages)
        {
            AddressRange range = AddressRange.FromBounds(new Hpa(start << PageShift), new Hpa((end << PageShift) - 1));
            bool isKernels = core.Handoff.KernelImage.Any(part => numa.TargetNode(part.Range.Start) == node)
                || (core.Handoff.KernelImage.Count == 0 && node == pages[0].Node);
            foreach (AddressRange hot in numa.HotPluggable.Where(hot => !isKernels && hot.Overlaps(range)))
            {
                ulong first = Math.Max(start, hot.Start.Value >> PageShift);
                starts[node] = Math.Min(first, starts.GetValueOrDefault(node, ulong.MaxValue));
            }
        }

        return starts;
    }

    /// <summary>Pages that are to stay with the kernel; 0 where the command line asks for nothing.</summary>
    private static ulong Wanted(CommandLine commandLine, ulong total)
    {
        ulong core = Amount(commandLine.Value("kernelcore"), total);
        ulong movable = Math.Min(total, (Amount(commandLine.Value("movablecore"), total) + LargestBlock - 1) / LargestBlock * LargestBlock);
        core = movable == 0 ? core : Math.Max(core, total - movable);
        return core >= total ? 0 : core;
    }

    /// <summary>Bytes with a suffix, or a percentage.</summary>
    private static ulong Amount(string? text, ulong total)
    {
        if (string.IsNullOrEmpty(text) || !char.IsAsciiDigit(text[0]))
        {
            return 0;
        }

        return text.EndsWith('%') && ulong.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out ulong percent)
            ? (ulong)((UInt128)total * Math.Min(percent, 100) / 100)
            : new NumberCursor(text).Size() >> PageShift;
    }

    /// <summary>The kernel's share is spread evenly over the nodes; what a small node cannot hold goes to the others in another round.</summary>
    private static SortedDictionary<int, ulong> OfKernelCore(ulong wanted, List<(int Node, ulong Start, ulong End)> pages)
    {
        SortedDictionary<int, ulong> starts = [];
        if (wanted == 0)
        {
            return starts;
        }

        // Zones below the highest one with RAM are the kernel's as a whole.
        ulong usable = ZoneStarts.Last(start => pages.Exists(range => range.End > start));
        int[] nodes = [.. pages.Select(range => range.Node).Distinct().Order()];
        for (int left = nodes.Length; left > 0 && wanted >= (ulong)left; left--)
        {
            ulong share = wanted / (ulong)left;
            foreach (int node in nodes)
            {
                share = wanted < share ? wanted / (ulong)left : share;
                wanted -= Math.Min(wanted, Take(starts, node, pages.Where(range => range.Node == node), share, usable));
            }
        }

        return starts;
    }

    /// <summary>Gives the kernel up to a share of a node's pages, from the lowest on, and returns how many it got.</summary>
    private static ulong Take(SortedDictionary<int, ulong> starts, int node, IEnumerable<(int Node, ulong Start, ulong End)> ranges, ulong share, ulong usable)
    {
        ulong taken = 0;
        foreach ((int _, ulong first, ulong end) in ranges)
        {
            ulong start = Math.Max(first, starts.GetValueOrDefault(node));
            if (start >= end)
            {
                continue;
            }

            if (start < usable)
            {
                ulong low = Math.Min(end, usable) - start;
                taken += low;
                share -= Math.Min(low, share);
                starts[node] = start + low;
                start += low;
            }

            ulong more = Math.Min(end - start, share);
            if (start < end)
            {
                starts[node] = start + more;
                taken += more;
                share -= more;
            }

            if (share == 0 && start < end)
            {
                break;
            }
        }

        return taken;
    }
}

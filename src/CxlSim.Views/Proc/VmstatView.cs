using System.Globalization;
using System.Text;
using CxlSim.Kernel;

namespace CxlSim.Views;

/// <summary>/proc/vmstat: the counters of all zones and nodes together, and pages that hold struct pages (<c>mm/vmstat.c</c>). Counts of events are not modelled, and not shown.</summary>
public static class VmstatView
{
    public static string Render(LinuxKernel kernel)
    {
        NumaNode[] nodes = [.. kernel.Numa.OnlineNodes];
        StringBuilder text = new();
        foreach ((string name, ulong value) in Sum(nodes, Vmstat.AllOf).Concat(Memmaps(kernel, nodes)))
        {
            text.Append(CultureInfo.InvariantCulture, $"{name} {value}\n");
        }

        return text.ToString();
    }

    private static IEnumerable<(string Name, ulong Value)> Sum(NumaNode[] nodes, Func<NumaNode, IEnumerable<(string Name, ulong Value)>> counters) =>
        nodes.SelectMany(counters).GroupBy(counter => counter.Name).Select(group => (group.Key, group.Aggregate(0UL, (sum, counter) => sum + counter.Value)));

    private static IEnumerable<(string Name, ulong Value)> Memmaps(LinuxKernel kernel, NumaNode[] nodes)
    {
        ulong own = kernel.Memory.Blocks.Aggregate(0UL, (sum, block) => sum + block.MemmapPages);
        yield return ("nr_dirty_threshold", 0);
        yield return ("nr_dirty_background_threshold", 0);
        yield return ("nr_memmap_pages", nodes.Aggregate(own, (sum, node) => sum + node.Used(PageUse.Memmap)));
        yield return ("nr_memmap_boot_pages", kernel.Memory.BootMemmapPages);
    }
}

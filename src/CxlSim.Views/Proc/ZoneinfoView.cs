using System.Globalization;
using System.Text;
using CxlSim.Kernel;

namespace CxlSim.Views;

/// <summary>/proc/zoneinfo: every zone of every online node, empty ones too (<c>mm/vmstat.c</c>, zoneinfo_show_print).</summary>
public static class ZoneinfoView
{
    public static string Render(LinuxKernel kernel)
    {
        StringBuilder text = new();
        int[] cpus = [.. kernel.Cpus.Online.Select(cpu => cpu.Number)];
        foreach (NumaNode node in kernel.Numa.OnlineNodes)
        {
            foreach (Zone zone in node.Zones)
            {
                Append(text, node, zone, cpus);
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, NumaNode node, Zone zone, int[] cpus)
    {
        text.Append(CultureInfo.InvariantCulture, $"Node {node.Id}, zone {zone.Name,8}\n");
        if (zone == node.Zones.FirstOrDefault(candidate => candidate.IsPopulated))
        {
            text.Append("  per-node stats\n");
            AppendCounters(text, Vmstat.Of(node));
        }

        AppendPages(text, node, zone);
        if (!zone.IsPopulated)
        {
            return; // the rest would tell of pages and CPUs that it does not have
        }

        AppendCounters(text, Vmstat.Of(zone).Concat(Vmstat.EventsOf(zone)));
        text.Append("  pagesets\n");
        foreach (int cpu in cpus)
        {
            text.Append(CultureInfo.InvariantCulture, $"    cpu: {cpu}\n              count: 0\n              high:  0\n              batch: {PerCpuPages.Batch(zone)}\n");
            text.Append(CultureInfo.InvariantCulture, $"  vm stats threshold: {PerCpuPages.StatThreshold(zone, cpus.Length)}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"  node_unreclaimable:  0\n  start_pfn:           {zone.StartPfn}\n");
    }

    private static void AppendPages(StringBuilder text, NumaNode node, Zone zone)
    {
        ZoneWatermarks marks = zone.Watermarks;
        text.Append(CultureInfo.InvariantCulture, $"  pages free     {zone.FreePageCount}\n");
        foreach ((string name, ulong pages) in new[]
        {
            ("boost", 0UL), ("min", marks.Min), ("low", marks.Low), ("high", marks.High), ("promo", marks.Promo),
            ("spanned", zone.SpannedPages), ("present", zone.PresentPages), ("managed", zone.ManagedPages), ("cma", zone.CmaPages),
        })
        {
            text.Append(CultureInfo.InvariantCulture, $"        {name,-8} {pages}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"        protection: ({string.Join(", ", LowmemReserve.Of(node, zone))})\n");
    }

    private static void AppendCounters(StringBuilder text, IEnumerable<(string Name, ulong Value)> counters)
    {
        foreach ((string name, ulong value) in counters)
        {
            text.Append(CultureInfo.InvariantCulture, $"      {name,-12} {value}\n");
        }
    }
}

namespace CxlSim.Kernel;

/// <summary>Counters of zones and nodes under their names, in their order (<c>mm/vmstat.c</c>); what is not modelled counts nothing.</summary>
public static class Vmstat
{
    /// <summary>Counters of a zone. Unit: pages.</summary>
    public static IEnumerable<(string Name, ulong Value)> Of(Zone zone) => VmstatNames.Zone.Select(name => (name, (ulong)(name switch
    {
        "nr_free_pages" => zone.FreePageCount,
        "nr_zone_active_anon" => AnonymousPages(zone),
        VmstatNames.FreeCma => zone.FreeCma.Total,
        _ => 0,
    })));

    /// <summary>Where requests were served. Unit: requests.</summary>
    public static IEnumerable<(string Name, ulong Value)> EventsOf(Zone zone) => VmstatNames.NumaEvents.Zip(zone.Statistics.InOrder);

    /// <summary>Counters of a node. Unit: pages, but for huge ones.</summary>
    public static IEnumerable<(string Name, ulong Value)> Of(NumaNode node) => VmstatNames.Node.Select(name => (name, (ulong)(name switch
    {
        "nr_active_anon" or "nr_anon_pages" => node.Sum(AnonymousPages),
        "nr_anon_transparent_hugepages" => node.Used(PageUse.TransparentHuge) >> PageUses.HugeOrder,
        "nr_slab_unreclaimable" => node.Used(PageUse.Kernel),
        "nr_foll_pin_acquired" => node.Used(PageUse.Pinned),
        "pgdemote_kswapd" => node.DemotedPages,
        _ => 0,
    })));

    /// <summary>A zone's counters summed over a node, then the node's own.</summary>
    public static IEnumerable<(string Name, ulong Value)> AllOf(NumaNode node) =>
        Sum(node, Of).Concat(Sum(node, EventsOf)).Concat(Of(node));

    /// <summary>What a node's zones count together.</summary>
    public static IEnumerable<(string Name, ulong Value)> Sum(NumaNode node, Func<Zone, IEnumerable<(string Name, ulong Value)>> counters) =>
        node.Zones.SelectMany(counters).GroupBy(counter => counter.Name).Select(group => (group.Key, group.Aggregate(0UL, (sum, counter) => sum + counter.Value)));

    private static ulong AnonymousPages(Zone zone) => zone.Used(PageUse.Anonymous) + zone.Used(PageUse.TransparentHuge) + zone.Used(PageUse.Pinned);
}

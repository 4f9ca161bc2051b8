namespace CxlSim.Kernel;

/// <summary>What a zone keeps from requests that could be served by a higher zone of its node (<c>setup_per_zone_lowmem_reserve</c> in <c>mm/page_alloc.c</c>).</summary>
public static class LowmemReserve
{
    /// <summary>lowmem_reserve_ratio of DMA, DMA32, Normal, Movable: the higher zones' pages are divided by it; 0 keeps nothing.</summary>
    private static readonly ulong[] Ratios = [256, 256, 32, 0, 0];

    /// <summary>One figure for each highest zone of a request, as <c>protection</c> in /proc/zoneinfo shows them.</summary>
    public static IReadOnlyList<ulong> Of(NumaNode node, Zone zone)
    {
        ulong[] reserve = new ulong[node.Zones.Count];
        ulong ratio = Ratios[(int)zone.Type];
        ulong higher = 0;
        for (int i = (int)zone.Type + 1; i < reserve.Length; i++)
        {
            higher += node.Zones[i].ManagedPages;
            reserve[i] = ratio == 0 || zone.ManagedPages == 0 ? 0 : higher / ratio;
        }

        return reserve;
    }
}

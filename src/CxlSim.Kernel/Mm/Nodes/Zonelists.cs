using System.Globalization;

namespace CxlSim.Kernel;

/// <summary>Makes the lists of zones by which nodes stand in for each other, and tells the log of them (<c>build_all_zonelists</c> in <c>mm/page_alloc.c</c>).</summary>
public sealed class Zonelists(KernelLog log, Numa numa)
{
    /// <summary>The highest zone that memory policies look at: the highest that was ever there, but for movable ones.</summary>
    private ZoneType _policyZone = ZoneType.Dma;

    /// <summary>A zone has come or gone: the lists of all nodes that there can be.</summary>
    public void BuildAll() => Build(numa.PossibleNodes);

    /// <summary>A node is about to come online: its own list. Others get to know of it with its first zone.</summary>
    public void BuildFor(NumaNode node) => Build([node]);

    private void Build(IReadOnlyList<NumaNode> nodes)
    {
        numa.Order.Build(nodes);
        foreach (NumaNode node in nodes)
        {
            IEnumerable<string> order = numa.Order.ListOf(node.Id).Select(other => other.ToString(CultureInfo.InvariantCulture) + " ");
            log.Info($"Fallback order for Node {node.Id}: {string.Concat(order)}");
        }

        NumaNode[] online = [.. numa.OnlineNodes];
        Zone[] zones = [.. online.SelectMany(node => node.Zones).Where(zone => zone.IsPopulated)];
        ulong pages = zones.Aggregate(0UL, (sum, zone) => sum + zone.PagesAboveHigh);
        _policyZone = zones.Select(zone => zone.Type).Where(type => type < ZoneType.Movable).Append(_policyZone).Max();
        log.Info($"Built {online.Length} zonelists, mobility grouping on.  Total pages: {pages}");
        log.Info($"Policy zone: {Zone.NameOf(_policyZone)}");
    }
}

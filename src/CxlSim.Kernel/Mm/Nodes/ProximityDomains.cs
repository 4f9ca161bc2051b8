namespace CxlSim.Kernel;

/// <summary>Which node stands for which proximity domain: first come, first numbered (<c>drivers/acpi/numa/srat.c</c>).</summary>
/// <param name="isOff"><c>numa=off</c>: then no domain has a node.</param>
public sealed class ProximityDomains(bool isOff)
{
    private readonly Dictionary<uint, int> _nodes = [];

    /// <summary>The domains that have a node, with it.</summary>
    public IEnumerable<(uint Domain, int Node)> Mapped => _nodes.Select(pair => (pair.Key, pair.Value));

    /// <summary>One more than the highest domain of SRAT: from here on domains are made up for windows.</summary>
    public uint FirstUnreal { get; private set; }

    /// <summary>SRAT has named all of its domains.</summary>
    public void EndReal() => FirstUnreal = _nodes.Count == 0 ? 0 : _nodes.Keys.Max() + 1;

    /// <summary>The domain's node, a new one where it has none yet; null where the domain is out of range (<c>acpi_map_pxm_to_node</c>).</summary>
    public int? Map(uint domain)
    {
        if (isOff || domain >= KernelConfig.MaxNodes)
        {
            return null;
        }

        if (!_nodes.TryGetValue(domain, out int node))
        {
            node = _nodes.Count;
            _nodes.Add(domain, node);
        }

        return node;
    }

    /// <summary>Null where the domain has no node (<c>pxm_to_node</c>).</summary>
    public int? NodeOf(uint domain) => _nodes.TryGetValue(domain, out int node) ? node : null;
}

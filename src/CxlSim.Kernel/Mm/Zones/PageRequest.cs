namespace CxlSim.Kernel;

/// <summary>What an allocation asks for: gfp flags, order and nodes (<c>include/linux/gfp_types.h</c>).</summary>
/// <param name="Use">What for.</param>
/// <param name="Node">The node whose list of zones is tried, from its begin on.</param>
public readonly record struct PageRequest(PageUse Use, int Node)
{
    /// <summary>Each block has 2^order pages.</summary>
    public int Order { get; init; } = Use.Order();

    /// <summary>The highest zone that will do (<c>gfp_zone</c>).</summary>
    public ZoneType HighestZone { get; init; } = Use.IsMovable() ? ZoneType.Movable : ZoneType.Normal;

    /// <summary>Only these nodes; null for all.</summary>
    public IReadOnlyCollection<int>? Nodes { get; init; }

    /// <summary>The node of the CPU that asks, for the statistics.</summary>
    public int CpuNode { get; init; } = Node;

    /// <summary>Only the node itself (<c>__GFP_THISNODE</c>).</summary>
    public bool OnlyThisNode { get; init; }

    /// <summary>Only as long as zones stay above their low marks: neither reclaim nor reserves.</summary>
    public bool OnlyEasily { get; init; }

    /// <summary>An interleaving policy chose the node: counted where it was got.</summary>
    public bool Interleaves { get; init; }
}

namespace CxlSim.Session;

/// <summary>What Linux showed of a region; what it did not show is null.</summary>
internal sealed class RegionFacts
{
    public ulong? Start { get; set; }

    /// <summary>Bytes.</summary>
    public ulong? Size { get; set; }

    /// <summary>Bytes.</summary>
    public ulong? Granularity { get; set; }

    /// <summary><c>ram</c> or <c>pmem</c>.</summary>
    public string? Type { get; set; }

    public bool IsCommitted { get; set; } = true;

    /// <summary>Members by position: names of memory devices then.</summary>
    public SortedDictionary<int, string> Members { get; } = [];
}

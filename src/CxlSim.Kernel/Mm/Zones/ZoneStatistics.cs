namespace CxlSim.Kernel;

/// <summary>How often requests were served here, and for whom (<c>enum numa_stat_item</c>). Unit: requests.</summary>
public sealed class ZoneStatistics
{
    /// <summary>Served from the zone's node, as wanted.</summary>
    public ulong Hit { get; private set; }

    /// <summary>Served from here though another node was wanted.</summary>
    public ulong Miss { get; private set; }

    /// <summary>Wanted from here, but served elsewhere.</summary>
    public ulong Foreign { get; private set; }

    /// <summary>An interleaving policy wanted and got this node.</summary>
    public ulong Interleave { get; private set; }

    /// <summary>Served to a CPU of this node.</summary>
    public ulong Local { get; private set; }

    /// <summary>Served to a CPU of another node.</summary>
    public ulong Other { get; private set; }

    /// <summary>In the order of /proc/zoneinfo and numastat.</summary>
    public IReadOnlyList<ulong> InOrder => [Hit, Miss, Foreign, Interleave, Local, Other];

    /// <summary>Counts requests that were served from here (<c>zone_statistics</c>).</summary>
    /// <param name="node">The zone's.</param>
    /// <param name="preferredNode">That of the first zone that was tried.</param>
    /// <param name="preferred">Statistics of that zone.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="count">How often.</param>
    internal void Count(int node, int preferredNode, ZoneStatistics preferred, PageRequest request, ulong count)
    {
        if (node == preferredNode)
        {
            Hit += count;
        }
        else
        {
            Miss += count;
            preferred.Foreign += count;
        }

        Interleave += request.Interleaves && node == request.Node ? count : 0;
        Local += node == request.CpuNode ? count : 0;
        Other += node == request.CpuNode ? 0 : count;
    }
}

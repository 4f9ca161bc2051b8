namespace CxlSim.Kernel;

/// <summary>How often requests were served here, and for whom (<c>enum numa_stat_item</c>). Unit: requests.</summary>
public sealed class ZoneStatistics
{
    /// <summary>Served from the zone's node, as wanted.</summary>
    public ulong Hit { get; internal set; }

    /// <summary>Served from here though another node was wanted.</summary>
    public ulong Miss { get; internal set; }

    /// <summary>Wanted from here, but served elsewhere.</summary>
    public ulong Foreign { get; internal set; }

    /// <summary>An interleaving policy wanted and got this node.</summary>
    public ulong Interleave { get; internal set; }

    /// <summary>Served to a CPU of this node.</summary>
    public ulong Local { get; internal set; }

    /// <summary>Served to a CPU of another node.</summary>
    public ulong Other { get; internal set; }

    /// <summary>In the order of /proc/zoneinfo and numastat.</summary>
    public IReadOnlyList<ulong> InOrder => [Hit, Miss, Foreign, Interleave, Local, Other];

    /// <summary>Counts requests that were served (<c>zone_statistics</c>).</summary>
    /// <param name="served">The zone that served.</param>
    /// <param name="servedBy">Its node.</param>
    /// <param name="preferred">The first zone that was tried.</param>
    /// <param name="preferredNode">Its node.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="count">How often.</param>
    internal static void Count(Zone served, NumaNode servedBy, Zone preferred, NumaNode preferredNode, PageRequest request, ulong count)
    {
        ZoneStatistics here = served.Statistics;
        if (servedBy == preferredNode)
        {
            here.Hit += count;
        }
        else
        {
            here.Miss += count;
            preferred.Statistics.Foreign += count;
        }

        here.Interleave += request.Interleaves && servedBy.Id == request.Node ? count : 0;
        here.Local += servedBy.Id == request.CpuNode ? count : 0;
        here.Other += servedBy.Id == request.CpuNode ? 0 : count;
    }
}

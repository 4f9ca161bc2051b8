namespace CxlSim.Session;

/// <summary>How bridges and switches spread a region: by what the levels above already spread, over its targets in the order in which members name them (<c>cxl_port_setup_targets</c>).</summary>
/// <param name="members">The ways to its members, by position.</param>
/// <param name="windowWays">Ways of the window.</param>
/// <param name="granularity">Of the region.</param>
internal sealed class PortFormula(IReadOnlyList<FuzzWay> members, int windowWays, ulong granularity)
{
    private static readonly int[] PowersOfTwo = [1, 2, 4, 8];

    /// <summary>Each component once, a bridge before its switches: its name, granularity and target list.</summary>
    public IEnumerable<(string Unit, ulong Granularity, byte[] Targets)> Ports()
    {
        ulong above = granularity * (ulong)(windowWays % 3 == 0 ? windowWays / 3 : windowWays);
        foreach (IGrouping<string, FuzzWay> bridge in members.GroupBy(way => way.Hops[0].Unit))
        {
            byte[] ports = [.. bridge.Select(way => way.Hops[0].Port).Distinct()];
            yield return (bridge.Key, above, ports);
            foreach (IGrouping<string, FuzzWay> fabric in bridge.Where(way => way.Hops.Count > 1).GroupBy(way => way.Hops[1].Unit))
            {
                yield return (fabric.Key, above * (ulong)ports.Length, [.. fabric.Select(way => way.Hops[1].Port).Distinct()]);
            }
        }
    }

    /// <summary>Whether all of it can be programmed at all, whatever the decoders can do.</summary>
    public bool IsPossible => Ports().All(port => PowersOfTwo.Contains(port.Targets.Length) && port.Granularity <= 16384);
}

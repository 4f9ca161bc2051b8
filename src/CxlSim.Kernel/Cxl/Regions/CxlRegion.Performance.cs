using System.Globalization;

namespace CxlSim.Kernel;

/// <content>How fast the members are together.</content>
public sealed partial class CxlRegion
{
    private static readonly AttributeGroup[] AccessAttributes = [.. Enumerable.Range(0, AccessCoordinates.Classes).Select(AccessGroup)];

    /// <summary>By class of access; a number is 0 while nobody knows it.</summary>
    public AccessCoordinates[] Coordinates { get; } = new AccessCoordinates[AccessCoordinates.Classes];

    /// <summary>Files of coordinates are looked at anew when the region's node gets its first memory, and only then (<c>cxl_region_update_coordinates</c>).</summary>
    internal bool ShowsCoordinates { get; set; }

    private static AttributeGroup AccessGroup(int access)
    {
        return new AttributeGroup(
            "access" + Decimal(access),
            [
                File("read_bandwidth", c => c.ReadBandwidth),
                File("read_latency", c => c.ReadLatency),
                File("write_bandwidth", c => c.WriteBandwidth),
                File("write_latency", c => c.WriteLatency),
            ]);

        KAttribute File(string name, Func<AccessCoordinates, uint> value) => Attr<CxlRegion>.ReadOnly(
            name, r => value(r.Coordinates[access]).ToString(CultureInfo.InvariantCulture), visible: r => r.ShowsCoordinates && value(r.Coordinates[access]) > 0);
    }

    /// <summary>A member comes, also one that is refused later: the slowest latency counts, bandwidths add up (<c>cxl_region_perf_data_calculate</c>).</summary>
    private void AddPerformance(CxlEndpointDecoder member)
    {
        if (PerformanceOf(member) is not { } performance)
        {
            return;
        }

        for (int access = 0; access < AccessCoordinates.Classes; access++)
        {
            Coordinates[access] = Coordinates[access].IsEmpty ? performance.Coordinates[access] : Coordinates[access].Beside(performance.Coordinates[access]);
        }
    }

    private DpaPerformance? PerformanceOf(CxlEndpointDecoder member) =>
        member.Dpa is { } dpa && member.Memdev.Performance.TryGetValue(Mode, out DpaPerformance? found) && found.Contains(dpa) ? found : null;

    /// <summary>Members behind one link share it: bandwidth is worked out again from below, level by level (<c>cxl_region_shared_upstream_bandwidth_update</c>).</summary>
    private void ShareUpstream()
    {
        CxlEndpointDecoder[] members = [.. Targets.OfType<CxlEndpointDecoder>()];
        if (members.Length == 0 || Array.Exists(members, member => PerformanceOf(member) is null || member.Memdev.Pci is null) || members.Select(member => member.Port.UpToRoot().Count()).Distinct().Count() != 1)
        {
            return; // a tree of unequal depth keeps the plain sum, and so does one without links
        }

        for (int access = 0; access < AccessCoordinates.Classes; access++)
        {
            Dictionary<CxlPort, AccessCoordinates> level = [];
            foreach (CxlEndpointDecoder member in members)
            {
                AccessCoordinates own = PerformanceOf(member)!.Device.Capped(PciLink.Bandwidth(member.Memdev.Pci!));
                Gather(level, member.Port, own, access);
            }

            while (level.Keys.Any(port => !port.IsRoot))
            {
                Dictionary<CxlPort, AccessCoordinates> above = [];
                foreach ((CxlPort port, AccessCoordinates sum) in level)
                {
                    Gather(above, port, port.Uport is PciDevice upstream ? sum.Capped(PciLink.Bandwidth(upstream)) : sum, access);
                }

                level = above;
            }

            AccessCoordinates total = level.Values.Single();
            Coordinates[access] = Coordinates[access] with { ReadBandwidth = total.ReadBandwidth, WriteBandwidth = total.WriteBandwidth };
        }
    }

    /// <summary>Through the dport above, which may narrow it, into the sum of the port that has the dport.</summary>
    private static void Gather(Dictionary<CxlPort, AccessCoordinates> sums, CxlPort port, AccessCoordinates own, int access)
    {
        CxlDport dport = port.ParentDport!;
        AccessCoordinates through = dport.Coordinates[access].IsEmpty ? own : own.Then(dport.Coordinates[access]);
        sums[dport.Port] = sums.TryGetValue(dport.Port, out AccessCoordinates others) ? others.Beside(through) : through;
    }
}

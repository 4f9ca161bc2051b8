using System.Globalization;
using CxlSim.Core;
using CxlSim.Kernel;

namespace CxlSim.Session;

/// <summary>What of a running machine traffic can go to: nodes with online memory, regions, ranges of addresses.</summary>
public static class TrafficTargets
{
    /// <summary>All nodes that have online memory, in their order.</summary>
    public static IReadOnlyList<TrafficTarget> Nodes(LinuxKernel kernel) =>
    [
        .. kernel.Numa.PossibleNodes.Select(node => OfNode(kernel, node)).OfType<TrafficTarget>(),
    ];

    /// <summary>All regions that are committed, whoever has their memory.</summary>
    public static IReadOnlyList<TrafficTarget> Regions(LinuxKernel kernel) =>
    [
        .. kernel.Cxl.Bus.Devices.OfType<CxlRegion>().Where(region => region.State == RegionState.Commit).Select(region => new TrafficTarget(region.Name, [region.DecodedRange], null)),
    ];

    /// <summary>The first node without cores, else the first region: memory that is not a socket's own. Null where there is none.</summary>
    public static TrafficTarget? FirstApart(LinuxKernel kernel) =>
        Nodes(kernel).FirstOrDefault(target => !kernel.Numa.PossibleNodes.First(node => node.Id == target.Node).HasCpu) ?? Regions(kernel).FirstOrDefault();

    /// <summary>Null where there is no such memory.</summary>
    /// <param name="kernel">Which runs.</param>
    /// <param name="name">A node, with or without the word; a region; two addresses with a dash.</param>
    public static TrafficTarget? Find(LinuxKernel kernel, string name)
    {
        string node = char.IsAsciiDigit(name[0]) && !name.Contains('-', StringComparison.Ordinal) ? "node" + name : name;
        return Nodes(kernel).Concat(Regions(kernel)).FirstOrDefault(target => target.Name == node) ?? OfRange(name);
    }

    /// <summary>What <see cref="Find"/> understands on this machine, for messages.</summary>
    public static string Known(LinuxKernel kernel) =>
        string.Join(", ", Nodes(kernel).Concat(Regions(kernel)).Select(target => target.Name).Append("or a range such as 0x100000000-0x1ffffffff"));

    private static TrafficTarget? OfNode(LinuxKernel kernel, NumaNode node)
    {
        List<AddressRange> ranges = [];
        foreach (AddressRange range in kernel.Memory.Blocks.Where(block => block.Node == node && block.State == MemoryBlockState.Online).Select(block => block.Range).OrderBy(range => range.Start.Value))
        {
            if (ranges.Count > 0 && ranges[^1].Last.Value + 1 == range.Start.Value)
            {
                ranges[^1] = AddressRange.FromBounds(ranges[^1].Start, range.Last);
            }
            else
            {
                ranges.Add(range);
            }
        }

        return ranges.Count == 0 ? null : new TrafficTarget(string.Create(CultureInfo.InvariantCulture, $"node{node.Id}"), ranges, node.Id);
    }

    private static TrafficTarget? OfRange(string text)
    {
        string[] ends = text.Split('-', StringSplitOptions.TrimEntries);
        if (ends.Length != 2 || !TryAddress(ends[0], out ulong first) || !TryAddress(ends[1], out ulong last) || last <= first || last >= 1UL << 52)
        {
            return null;
        }

        ulong start = (first + 0xfff) & ~0xfffUL;
        ulong end = (last + 1) & ~0xfffUL;
        return end <= start ? null : new TrafficTarget(text, [AddressRange.Of(new Hpa(start), new ByteSize(end - start))], null);
    }

    private static bool TryAddress(string text, out ulong value) =>
        ulong.TryParse(text.StartsWith("0x", StringComparison.Ordinal) ? text[2..] : "?", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
}

using CxlSim.Core;

namespace CxlSim.Session;

/// <summary>Memory that traffic goes to.</summary>
/// <param name="Name">As the user said it: <c>node2</c>, <c>region0</c>, an address range.</param>
/// <param name="Ranges">At least one, page-aligned.</param>
/// <param name="Node">The kernel's node; null where it is none's.</param>
public sealed record TrafficTarget(string Name, IReadOnlyList<AddressRange> Ranges, int? Node)
{
    /// <summary>Where pages are spread over several targets, those of a target come from here.</summary>
    public AddressRange Longest => Ranges.MaxBy(range => range.Size.Bytes);

    public ByteSize Size => Ranges.Aggregate(ByteSize.Zero, (sum, range) => sum + range.Size);
}

using CxlSim.Core;

namespace CxlSim.Session;

/// <summary>What Linux showed of the objects of CXL, from attributes and from listings. What was said first stays.</summary>
internal sealed class CxlFacts
{
    /// <summary>Names that differ in their last number, by that number: <c>decoder0.2</c> comes before <c>decoder0.10</c>.</summary>
    private static readonly Comparer<string> ByNumber = Comparer<string>.Create((one, other) => one.Length != other.Length ? one.Length.CompareTo(other.Length) : string.CompareOrdinal(one, other));

    /// <summary>UIDs of host bridges and the root buses they have.</summary>
    public SortedDictionary<uint, (ushort Segment, byte Bus)> Bridges { get; } = [];

    /// <summary>Memory devices by the place of their PCI function.</summary>
    public SortedDictionary<Bdf, MemdevFacts> Memdevs { get; } = [];

    /// <summary>HDM decoders of ports, by the name of the port's device: <c>pci0000:0c</c>, <c>0000:0d:00.0</c>.</summary>
    public SortedDictionary<string, int> PortDecoders { get; } = new(StringComparer.Ordinal);

    /// <summary>Root decoders by name, in the order of their windows.</summary>
    public SortedDictionary<string, WindowFacts> Windows { get; } = new(ByNumber);

    public SortedDictionary<string, RegionFacts> Regions { get; } = new(ByNumber);

    /// <summary>Some decoder was locked.</summary>
    public bool IsLocked { get; set; }

    public MemdevFacts Memdev(Bdf place)
    {
        if (!Memdevs.TryGetValue(place, out MemdevFacts? facts))
        {
            facts = Memdevs[place] = new MemdevFacts();
        }

        return facts;
    }

    public WindowFacts Window(string decoder)
    {
        if (!Windows.TryGetValue(decoder, out WindowFacts? facts))
        {
            facts = Windows[decoder] = new WindowFacts();
        }

        return facts;
    }

    public RegionFacts Region(string name)
    {
        if (!Regions.TryGetValue(name, out RegionFacts? facts))
        {
            facts = Regions[name] = new RegionFacts();
        }

        return facts;
    }
}

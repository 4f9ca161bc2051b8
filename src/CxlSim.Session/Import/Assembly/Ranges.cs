using CxlSim.Core;

namespace CxlSim.Session;

/// <summary>Arithmetic of address ranges.</summary>
internal static class Ranges
{
    public static readonly AddressRange Legacy = AddressRange.FromBounds(new Hpa(0xa_0000), new Hpa(0xf_ffff));

    /// <summary>Where the model's board has its memory-mapped configuration space.</summary>
    public static readonly AddressRange ConfigurationSpace = AddressRange.Of(new Hpa(0xe000_0000), ByteSize.MiB(256));

    /// <summary>What is left of a range.</summary>
    public static IReadOnlyList<AddressRange> Without(AddressRange range, IEnumerable<AddressRange> taken)
    {
        List<AddressRange> left = [range];
        foreach (AddressRange other in taken)
        {
            left = [.. left.SelectMany(part => Without(part, other))];
        }

        return left;
    }

    /// <summary>Whole pages of a range; null where there is none.</summary>
    public static AddressRange? WholePages(AddressRange range)
    {
        ulong page = ByteSize.Page.Bytes;
        ulong first = (range.Start.Value / page) + (range.Start.Value % page == 0 ? 0UL : 1);
        ulong end = (range.Last.Value / page) + (range.Last.Value % page == page - 1 ? 1UL : 0);
        return end > first ? AddressRange.Of(new Hpa(first * page), new ByteSize((end - first) * page)) : null;
    }

    /// <summary>Neighbours become one; the legacy hole between two does not part them, since there is DRAM below it.</summary>
    public static IReadOnlyList<AddressRange> Merge(IEnumerable<AddressRange> ranges)
    {
        List<AddressRange> merged = [];
        foreach (AddressRange range in ranges.OrderBy(range => range.Start))
        {
            if (merged.Count > 0 && range.Start.Value <= Next(merged[^1]))
            {
                Hpa last = range.Last > merged[^1].Last ? range.Last : merged[^1].Last;
                merged[^1] = AddressRange.FromBounds(merged[^1].Start, last);
            }
            else
            {
                merged.Add(range);
            }
        }

        return merged;
    }

    private static ulong Next(AddressRange range) => range.Last.Value + 1 == Legacy.Start.Value ? Legacy.Last.Value + 1 : range.Last.Value + 1;

    private static IEnumerable<AddressRange> Without(AddressRange range, AddressRange taken)
    {
        if (!range.Overlaps(taken))
        {
            return [range];
        }

        List<AddressRange> left = [];
        if (taken.Start > range.Start)
        {
            left.Add(AddressRange.FromBounds(range.Start, new Hpa(taken.Start.Value - 1)));
        }

        if (taken.Last < range.Last)
        {
            left.Add(AddressRange.FromBounds(new Hpa(taken.Last.Value + 1), range.Last));
        }

        return left;
    }
}

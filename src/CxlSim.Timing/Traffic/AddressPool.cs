using CxlSim.Core;

namespace CxlSim.Timing;

/// <summary>The memory that a thread was given: pages of ranges in turn, as the kernel's interleave policies hand them out, or one range after the other.</summary>
public sealed class AddressPool
{
    private const int LineShift = 6;

    /// <summary>Lines of a page of 4 KiB.</summary>
    private const int PageShift = 6;

    private readonly AddressRange[] _ranges;

    /// <summary>Which range each page of a round comes from, and which of the range's pages in the round it is; empty where there are no rounds.</summary>
    private readonly (int Range, uint Within)[] _round;
    private readonly uint[] _weights;

    /// <param name="ranges">Page-aligned; at least one.</param>
    /// <param name="weights">Pages of each range in a round (<c>MPOL_INTERLEAVE</c>: one each, <c>MPOL_WEIGHTED_INTERLEAVE</c>: any); empty: ranges one after the other.</param>
    public AddressPool(IReadOnlyList<AddressRange> ranges, IReadOnlyList<uint> weights)
    {
        _ranges = [.. ranges];
        _weights = [.. weights];
        _round = [.. weights.SelectMany((weight, range) => Enumerable.Range(0, (int)weight).Select(within => (range, (uint)within)))];
        Lines = _round.Length == 0
            ? ranges.Aggregate(0UL, (sum, range) => sum + (range.Size.Bytes >> LineShift))
            : ranges.Select((range, i) => (range.Size.Bytes >> (LineShift + PageShift)) / _weights[i]).Min() * (ulong)_round.Length << PageShift;
    }

    /// <summary>How many there are; more than none.</summary>
    public ulong Lines { get; }

    /// <summary>A line's address.</summary>
    public Hpa At(ulong line)
    {
        if (_round.Length == 0)
        {
            int i = 0;
            for (; line >= _ranges[i].Size.Bytes >> LineShift; i++)
            {
                line -= _ranges[i].Size.Bytes >> LineShift;
            }

            return _ranges[i].Start + new ByteSize(line << LineShift);
        }

        ulong page = line >> PageShift;
        (int range, uint within) = _round[page % (ulong)_round.Length];
        ulong pageOfRange = (page / (ulong)_round.Length * _weights[range]) + within;
        return _ranges[range].Start + new ByteSize(((pageOfRange << PageShift) + (line & ((1 << PageShift) - 1))) << LineShift);
    }
}

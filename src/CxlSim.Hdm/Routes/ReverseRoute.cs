using System.Numerics;
using CxlSim.Core;

namespace CxlSim.Hdm;

/// <summary>A decoder's share of a device, and where in the window its bytes may come from.</summary>
internal readonly struct ReverseRoute
{
    private readonly ulong _first;
    private readonly ulong _reach;
    private readonly AddressRange _range;
    private readonly XorArithmetic? _xor;
    private readonly int _granularityShift;
    private readonly ulong _ways;

    public ReverseRoute(in HdmDecoder decoder, Dpa start, XorArithmetic? xor, int[] positions)
    {
        _first = start.Value;
        _reach = decoder.Reach.Bytes;
        _range = decoder.Range;
        _xor = xor;
        _granularityShift = BitOperations.TrailingZeroCount(decoder.Granularity);
        _ways = (ulong)decoder.Ways;
        Positions = positions;
    }

    /// <summary>Positions of the interleave that may be the device's.</summary>
    public int[] Positions { get; }

    public bool Holds(ulong dpa) => unchecked(dpa - _first) < _reach;

    /// <summary>The address, if the device stands at the position; only for what the share holds. False where the range ends before.</summary>
    public bool TryGetAddress(ulong dpa, int position, out Hpa address)
    {
        unchecked
        {
            ulong offset = dpa - _first;
            ulong chunk = ((offset >> _granularityShift) * _ways) + (ulong)position;
            ulong bytes = (chunk << _granularityShift) + (offset & ((1UL << _granularityShift) - 1));
            Hpa seen = new(_range.Start.Value + bytes);
            address = _xor is null ? seen : _xor.Invert(seen);
            return bytes < _range.Size.Bytes && bytes >> _granularityShift == chunk;
        }
    }
}

using System.Numerics;
using CxlSim.Core;

namespace CxlSim.Hdm;

/// <summary>A decoder's share of a device, and where in the window its bytes may come from.</summary>
internal readonly struct ReverseRoute
{
    private readonly ulong _first;
    private readonly ulong _size;
    private readonly ulong _start;
    private readonly XorArithmetic? _xor;
    private readonly int _granularityShift;
    private readonly ulong _ways;

    public ReverseRoute(in HdmDecoder decoder, Dpa start, XorArithmetic? xor, int[] positions)
    {
        _first = start.Value;
        _size = decoder.DpaSize.Bytes;
        _start = decoder.Range.Start.Value;
        _xor = xor;
        _granularityShift = BitOperations.TrailingZeroCount(decoder.Granularity);
        _ways = (ulong)decoder.Ways;
        Positions = positions;
    }

    /// <summary>Positions of the interleave that may be the device's.</summary>
    public int[] Positions { get; }

    public bool Holds(ulong dpa) => unchecked(dpa - _first) < _size;

    /// <summary>The address, if the device stands at the position; only for what the share holds.</summary>
    public Hpa AddressOf(ulong dpa, int position)
    {
        unchecked
        {
            ulong offset = dpa - _first;
            ulong chunk = ((offset >> _granularityShift) * _ways) + (ulong)position;
            Hpa seen = new(_start + (chunk << _granularityShift) + (offset & ((1UL << _granularityShift) - 1)));
            return _xor is null ? seen : _xor.Invert(seen);
        }
    }
}

using CxlSim.Core;

namespace CxlSim.Hdm;

/// <summary>Where the addresses of one turn of an interleave go, and how their bytes count there.</summary>
internal readonly struct RouteSlot
{
    /// <summary>A target of this plus a <see cref="DecodeOutcome"/> is a miss: no device has such a number.</summary>
    public const int FirstMiss = EndpointNode.MaxDevices;

    private readonly ulong _start;
    private readonly ulong _base;
    private readonly ulong _withinChunk;
    private readonly byte _granularityShift;
    private readonly byte _waysShift;
    private readonly byte _rowShift;
    private readonly bool _byThree;

    public RouteSlot(DecodeOutcome outcome) => Target = (ushort)(FirstMiss + (int)outcome);

    public RouteSlot(int device, in HdmDecoder decoder, Dpa dpa)
    {
        Target = (ushort)device;
        _start = decoder.Range.Start.Value;
        _base = dpa.Value;
        _withinChunk = (ulong)decoder.Granularity - 1;
        _granularityShift = (byte)System.Numerics.BitOperations.TrailingZeroCount(decoder.Granularity);
        _waysShift = (byte)System.Numerics.BitOperations.TrailingZeroCount(decoder.Ways);
        _rowShift = (byte)(_granularityShift + _waysShift);
        _byThree = decoder.Ways % 3 == 0;
    }

    /// <summary>The device's number, or from <see cref="FirstMiss"/> on the outcome.</summary>
    public ushort Target { get; }

    public bool IsHit => Target < FirstMiss;

    public ulong Start => _start;

    public ulong Base => _base;

    public int GranularityShift => _granularityShift;

    /// <summary>Of the power of two in the ways.</summary>
    public int WaysShift => _waysShift;

    public bool ByThree => _byThree;

    /// <summary>Whether bytes count alike, but for where the device's share begins.</summary>
    public bool CountsAs(in RouteSlot other) =>
        _start == other._start && _granularityShift == other._granularityShift && _waysShift == other._waysShift && _byThree == other._byThree;

    public ulong DpaOf(ulong address)
    {
        unchecked
        {
            ulong offset = address - _start;
            ulong row = offset >> _rowShift;
            row = _byThree ? row / 3 : row;
            return _base + (row << _granularityShift) + (offset & _withinChunk);
        }
    }
}

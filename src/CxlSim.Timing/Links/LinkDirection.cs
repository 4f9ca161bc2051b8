using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>One direction of a link: messages leave one after the other, each for as long as its slots take.</summary>
/// <remarks>What a message takes is whole picoseconds and a part of one, and the parts are summed up, so that picoseconds are rounded once and not with every message.</remarks>
internal struct LinkDirection
{
    private readonly long _divisor;
    private readonly (long Whole, long Part)[] _costs;
    private long _busySince;
    private long _busyUntil;
    private long _parts;
    private long _busyBefore;

    /// <param name="cost">How long messages take.</param>
    public LinkDirection(MessageCost cost)
    {
        _divisor = cost.Divisor;
        _costs = [.. Enum.GetValues<MemoryMessage>().Select(message => Math.DivRem(cost.ShareOf(message) * cost.Scale, cost.Divisor))];
    }

    /// <summary>How long it was busy since the beginning. Unit: picoseconds.</summary>
    public readonly long Busy => _busyBefore + (End - _busySince);

    /// <summary>When the last message is out, rounded up.</summary>
    private readonly long End => _busyUntil + (_parts > 0 ? 1 : 0);

    /// <summary>How long what is on its way out still takes; nothing where the wire is free. Unit: picoseconds.</summary>
    public readonly long Backlog(long now) => Math.Max(End - now, 0);

    /// <summary>When a message that is sent now is out. It waits for those before it.</summary>
    public SimTime Send(SimTime now, MemoryMessage message)
    {
        if (End <= now.Picoseconds)
        {
            _busyBefore = Busy;
            (_busySince, _busyUntil, _parts) = (now.Picoseconds, now.Picoseconds, 0);
        }

        (long whole, long part) = _costs[(int)message];
        _busyUntil += whole;
        _parts += part;
        if (_parts >= _divisor)
        {
            _parts -= _divisor;
            _busyUntil++;
        }

        return new SimTime(End);
    }
}

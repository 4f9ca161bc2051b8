using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>One direction of a link: messages leave one after the other, each for as long as its slots take.</summary>
/// <param name="cost">How long messages take.</param>
public sealed class LinkDirection(MessageCost cost)
{
    private SimTime _busySince;
    private SimTime _busyUntil;
    private long _share;
    private long _busyBefore;

    /// <summary>How long it was busy since the beginning. Unit: picoseconds.</summary>
    public long Busy => _busyBefore + (_busyUntil.Picoseconds - _busySince.Picoseconds);

    /// <summary>How long what is on its way out still takes.</summary>
    public SimDuration Backlog(SimTime now) => _busyUntil > now ? _busyUntil - now : SimDuration.Zero;

    /// <summary>When a message that is sent now is out. It waits for those before it.</summary>
    public SimTime Send(SimTime now, MemoryMessage message)
    {
        if (_busyUntil <= now)
        {
            _busyBefore = Busy;
            (_busySince, _busyUntil, _share) = (now, now, 0);
        }

        _share += cost.ShareOf(message);
        _busyUntil = _busySince + cost.TimeOf(_share); // from the beginning, so that picoseconds are rounded once
        return _busyUntil;
    }
}

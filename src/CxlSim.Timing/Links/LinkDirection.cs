using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>One direction of a link: messages leave one after the other, each for as long as its slots take, and arrive a fixed time later.</summary>
/// <param name="rate">How fast slots leave.</param>
/// <param name="latency">From the last slot on the wire to the message at the other side: propagation, retimers, physical and link layers.</param>
public sealed class LinkDirection(LinkRate rate, SimDuration latency)
{
    private SimTime _busySince;
    private SimTime _busyUntil;
    private long _share;

    /// <summary>How long what is on its way out still takes.</summary>
    public SimDuration Backlog(SimTime now) => _busyUntil > now ? _busyUntil - now : SimDuration.Zero;

    /// <summary>When a message that is sent now arrives. It waits for those before it.</summary>
    public SimTime Send(SimTime now, MemoryMessage message)
    {
        if (_busyUntil <= now)
        {
            (_busySince, _share) = (now, 0);
        }

        _share += rate.Format.ShareOf(message);
        _busyUntil = _busySince + rate.TimeOf(_share); // from the beginning, so that picoseconds are rounded once
        return _busyUntil + latency;
    }
}

using System.Runtime.CompilerServices;
using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>One direction of a link: messages leave one after the other, each for as long as its slots take.</summary>
/// <remarks>What a message takes is whole picoseconds and a part of one, and the parts are summed up, so that picoseconds are rounded once and not with every message.</remarks>
/// <param name="divisor">How many parts are a picosecond.</param>
internal struct LinkDirection(long divisor)
{
    private readonly long _divisor = divisor;

    /// <summary>When the last message is out: whole picoseconds, and parts of one.</summary>
    private long _until;
    private long _parts;

    /// <summary>The same, rounded up.</summary>
    private long _end;

    /// <summary>How long it was free since the beginning.</summary>
    private long _idle;

    /// <summary>How long it was busy since the beginning. Unit: picoseconds.</summary>
    public readonly long Busy => _end - _idle;

    /// <summary>How long what is on its way out still takes; nothing where the wire is free. Unit: picoseconds.</summary>
    public readonly long Backlog(long now) => Math.Max(_end - now, 0);

    /// <summary>When a message that is sent now is out. It waits for those before it.</summary>
    /// <remarks>Without branches: nobody can foresee whether a wire is free.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public SimTime Send(SimTime now, WireTime cost)
    {
        long gap = now.Picoseconds - _end;
        long isBusy = gap >> 63; // all ones, or nothing
        _idle += gap & ~isBusy;
        long parts = (_parts & isBusy) + cost.Part - _divisor;
        long isLess = parts >> 63; // less than a picosecond
        _until = Math.Max(_until, now.Picoseconds) + cost.Whole + 1 + isLess;
        _parts = parts + (_divisor & isLess);
        _end = _until + (_parts > 0 ? 1 : 0);
        return new SimTime(_end);
    }
}

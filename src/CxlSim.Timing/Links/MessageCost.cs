using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>What messages take of a direction: shares, and how long a share takes as a fraction, so that picoseconds are rounded once.</summary>
/// <param name="Scale">Picoseconds of a share, times <paramref name="Divisor"/>.</param>
/// <param name="Divisor">At least 1.</param>
/// <param name="Req">Shares of a request.</param>
/// <param name="RwD">Shares of a request with data.</param>
/// <param name="Ndr">Shares of an answer without data.</param>
/// <param name="Drs">Shares of an answer with data.</param>
public sealed record MessageCost(long Scale, long Divisor, int Req, int RwD, int Ndr, int Drs)
{
    private readonly int[] _shares = [Req, RwD, Ndr, Drs];

    /// <summary>What carries messages without a protocol of flits, such as the fabric between sockets: each for its own time. Unit: picoseconds.</summary>
    public static MessageCost OfTimes(int req, int rwd, int ndr, int drs) => new(1, 1, req, rwd, ndr, drs);

    public int ShareOf(MemoryMessage message) => _shares[(int)message];

    /// <summary>What one takes of a direction, not rounded.</summary>
    internal WireTime WireTimeOf(MemoryMessage message)
    {
        (long whole, long part) = Math.DivRem(ShareOf(message) * Scale, Divisor);
        return new WireTime(whole, part);
    }

    /// <summary>How long so many shares take; rounded up to a picosecond.</summary>
    public SimDuration TimeOf(long share) => new(((share * Scale) + Divisor - 1) / Divisor);
}

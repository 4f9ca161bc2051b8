using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>How fast a trained link is. Both directions are alike.</summary>
/// <param name="Lanes">1 to 16, a power of two.</param>
/// <param name="GigaTransfers">Per second and lane, a bit each: 8, 16, 32 or 64.</param>
/// <param name="Mode">Which flits it carries.</param>
/// <param name="PacksHeaders">Whether answers with data share slots for their headers.</param>
public readonly record struct LinkRate(int Lanes, int GigaTransfers, FlitMode Mode, bool PacksHeaders = true)
{
    private const int LineBytes = 64;
    private const long BitsPerByteInPicoseconds = 8000;

    public FlitFormat Format => FlitFormat.Of(Mode);

    /// <summary>One flit on the wire.</summary>
    public SimDuration FlitTime => TimeOf((long)Format.Slots * FlitFormat.Slot);

    /// <summary>How long a message waits on average for the rest of what is checked together with it: it lies anywhere in there.</summary>
    public SimDuration CheckTime => new(FlitTime.Picoseconds * Format.CheckedBytes / Format.Bytes / 2);

    /// <summary>What each message takes.</summary>
    public MessageCost Cost => new(
        Scale: Format.Bytes * BitsPerByteInPicoseconds,
        Divisor: (long)Lanes * GigaTransfers * Format.Slots * FlitFormat.Slot,
        Req: ShareOf(MemoryMessage.Req),
        RwD: ShareOf(MemoryMessage.RwD),
        Ndr: ShareOf(MemoryMessage.Ndr),
        Drs: ShareOf(MemoryMessage.Drs));

    /// <summary>How long so many sixths of a slot take, overhead of their flits included; rounded up to a picosecond.</summary>
    public SimDuration TimeOf(long share) => Cost.TimeOf(share);

    /// <summary>What the link lets through at most, data of both directions together. Unit: bytes per second.</summary>
    /// <param name="reads">Share of reads, 0 to 1; the others are writes.</param>
    public double Ceiling(double reads)
    {
        double writes = 1 - reads;
        double down = (reads * ShareOf(MemoryMessage.Req)) + (writes * ShareOf(MemoryMessage.RwD));
        double up = (reads * ShareOf(MemoryMessage.Drs)) + (writes * ShareOf(MemoryMessage.Ndr));
        double sharesPerSecond = Lanes * (GigaTransfers * 1e9) / 8 / Format.Bytes * Format.Slots * FlitFormat.Slot;
        return sharesPerSecond / Math.Max(down, up) * LineBytes;
    }

    private int ShareOf(MemoryMessage message) => Format.ShareOf(message, PacksHeaders);
}

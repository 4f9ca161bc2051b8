using System.Numerics;
using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>DRAM behind a device's controller.</summary>
public sealed class DramMedia : IMedia
{
    private const int LineShift = 6;

    private readonly DramChannel[] _channels;
    private readonly int _channelShift;

    public DramMedia(DramTiming timing, DramGeometry geometry)
    {
        Quickest = timing.Clocks(timing.ReadLatency + timing.Burst);
        _channelShift = BitOperations.Log2((uint)geometry.Channels);
        _channels = [.. Enumerable.Range(0, geometry.Channels).Select(channel => new DramChannel(timing, geometry, channel))];
    }

    public MediaLoad? Load => new MediaLoad(
        _channels.Sum(channel => channel.BusPs) / _channels.Length,
        _channels.Max(channel => channel.BankPs),
        _channels.Sum(channel => channel.Accesses),
        _channels.Sum(channel => channel.RowHits));

    public SimDuration Quickest { get; }

    public void Clear()
    {
        foreach (DramChannel channel in _channels)
        {
            channel.Clear();
        }
    }

    public SimTime Access(SimTime now, ulong address, AccessKind kind)
    {
        ulong line = address >> LineShift;
        DramChannel channel = _channels[line & (ulong)(_channels.Length - 1)];
        ulong within = line >> _channelShift;
        return kind == AccessKind.Read ? channel.Read(now, within) : channel.Write(now, within);
    }
}

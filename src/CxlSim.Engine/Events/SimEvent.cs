namespace CxlSim.Engine;

/// <summary>One entry of the queue: 32 bytes, no allocation. The order word is priority (high byte), then sequence number.</summary>
public readonly struct SimEvent(SimTime time, ulong order, IEventHandler handler, ulong argument)
{
    internal const int SequenceBits = 56;

    public SimTime Time { get; } = time;

    public IEventHandler Handler { get; } = handler;

    public ulong Argument { get; } = argument;

    public EventPriority Priority => (EventPriority)(Order >> SequenceBits);

    internal ulong Order { get; } = order;

    internal bool IsBefore(in SimEvent other) => Time.Picoseconds < other.Time.Picoseconds || (Time.Picoseconds == other.Time.Picoseconds && Order < other.Order);
}

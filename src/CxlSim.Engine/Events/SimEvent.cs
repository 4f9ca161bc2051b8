namespace CxlSim.Engine;

/// <summary>One event as it leaves the queue: 32 bytes, no allocation. The order word is priority (high byte), then sequence number.</summary>
public readonly struct SimEvent(SimTime time, ulong order, IEventHandler handler, ulong argument)
{
    internal const int SequenceBits = 56;

    public SimTime Time { get; } = time;

    public IEventHandler Handler { get; } = handler;

    public ulong Argument { get; } = argument;

    public EventPriority Priority => (EventPriority)(Order >> SequenceBits);

    internal ulong Order { get; } = order;
}

namespace CxlSim.Engine;

/// <summary>One event as it leaves the queue: 32 bytes, no allocation. The order word is priority (high byte), then sequence number.</summary>
public readonly struct SimEvent(SimTime time, ulong order, SimHandler handler, ulong argument)
{
    internal const int SequenceBits = 56;

    /// <summary>When it is due.</summary>
    public SimTime Time { get; } = time;

    /// <summary>What it calls.</summary>
    public SimHandler Handler { get; } = handler;

    /// <summary>What it calls it with.</summary>
    public ulong Argument { get; } = argument;

    /// <summary>Its place among the events of its instant.</summary>
    public EventPriority Priority => (EventPriority)(Order >> SequenceBits);

    internal ulong Order { get; } = order;
}

using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>What waits in front of one direction of a link: a queue for each of its two channels, served while there are credits and room. A host serves them in turn, a
/// device or a switch the one that has waited longer.</summary>
public sealed class LinkQueue : IEventHandler
{
    private readonly MemoryFabric _fabric;
    private readonly LinkDirection _wire;
    private readonly SimDuration _flight;
    private readonly long _buffer;
    private readonly bool _isInTurn;

    /// <summary>That of messages without data, that of messages with data.</summary>
    private readonly MessageChannel[] _channels;
    private bool _isWaking;
    private int _turn;

    /// <param name="fabric">Whose accesses wait.</param>
    /// <param name="cost">How long messages take to leave.</param>
    /// <param name="flight">From the wire to where it is looked at.</param>
    /// <param name="buffer">How much is handed to the wire at once.</param>
    /// <param name="plain">The message without data; the one with data is the next.</param>
    /// <param name="plainCredits">Room for messages without data.</param>
    /// <param name="ladenCredits">Room for messages with data.</param>
    /// <param name="isInTurn">Whether the channels have their turns, or what came first goes first.</param>
    /// <param name="creditDelay">How long a credit is on its way back.</param>
    internal LinkQueue(
        MemoryFabric fabric, MessageCost cost, SimDuration flight, SimDuration buffer, MemoryMessage plain, int plainCredits, int ladenCredits, SimDuration creditDelay, bool isInTurn)
    {
        _fabric = fabric;
        _wire = new LinkDirection(cost);
        _flight = flight;
        _buffer = buffer.Picoseconds;
        _isInTurn = isInTurn;
        _channels =
        [
            new MessageChannel(plain, new CreditPool(plainCredits, creditDelay.Picoseconds)),
            new MessageChannel(plain + 1, new CreditPool(ladenCredits, creditDelay.Picoseconds)),
        ];
    }

    /// <summary>Messages without data: from their arrival in front of the link to their last slot on the wire.</summary>
    public LatencyHistogram Plain => _channels[0].Latency;

    /// <summary>The same of messages with data.</summary>
    public LatencyHistogram Laden => _channels[1].Latency;

    /// <summary>How long the wire was busy since the beginning. Unit: picoseconds.</summary>
    public long Busy => _wire.Busy;

    /// <summary>The same without what is handed to the wire and has not left. Unit: picoseconds.</summary>
    public long BusyUntilNow => _wire.Busy - _wire.Backlog(_fabric.Now.Picoseconds);

    /// <summary>How often nothing could leave because the receiver had no room.</summary>
    public long CreditStalls { get; private set; }

    /// <summary>Messages that wait now.</summary>
    public int Waiting => _channels[0].Waiting.Count + _channels[1].Waiting.Count;

    /// <summary>Whether nothing waits and all credits are back or on their way.</summary>
    public bool IsAtRest => _channels.All(channel => channel.Waiting.Count == 0 && channel.Credits.Home == channel.Credits.Count);

    /// <summary>Counts anew from now on.</summary>
    public void Clear()
    {
        Plain.Clear();
        Laden.Clear();
        CreditStalls = 0;
    }

    /// <summary>A message comes.</summary>
    /// <param name="number">Of its access.</param>
    /// <param name="channel">0 without data, 1 with data.</param>
    internal void Put(int number, int channel)
    {
        SimTime now = _fabric.Now;
        MessageChannel own = _channels[channel];
        WaitingMessage message = new(number, now);
        if (!_isWaking && Waiting == 0 && _wire.Backlog(now.Picoseconds) <= _buffer && own.Credits.TryTake(now.Picoseconds))
        {
            Send(message, own, channel, now);
            return;
        }

        own.Waiting.Enqueue(message);
        if (!_isWaking)
        {
            SendWaiting(now);
        }
    }

    /// <summary>The receiver has done with a message.</summary>
    /// <param name="channel">0 without data, 1 with data.</param>
    internal void ReturnCredit(int channel)
    {
        SimTime now = _fabric.Now;
        _channels[channel].Credits.Return(now.Picoseconds);
        if (!_isWaking && Waiting > 0)
        {
            SendWaiting(now);
        }
    }

    void IEventHandler.Handle(ulong argument)
    {
        _isWaking = false;
        SendWaiting(_fabric.Now);
    }

    private void SendWaiting(SimTime now)
    {
        while (Waiting > 0)
        {
            long tooMuch = _wire.Backlog(now.Picoseconds) - _buffer;
            if (tooMuch > 0)
            {
                WakeIn(tooMuch);
                return;
            }

            int channel = Next();
            if (!TryTakeCredit(channel, now) && !TryTakeCredit(channel ^= 1, now))
            {
                WaitForCredit(now);
                return;
            }

            Send(_channels[channel].Waiting.Dequeue(), _channels[channel], channel, now);
        }
    }

    /// <summary>The channel whose first message is the next; one of them has one.</summary>
    private int Next()
    {
        if (_channels[0].Waiting.Count == 0 || _channels[1].Waiting.Count == 0)
        {
            return _channels[0].Waiting.Count == 0 ? 1 : 0;
        }

        return _isInTurn ? _turn : _channels[1].Waiting.First.Came < _channels[0].Waiting.First.Came ? 1 : 0;
    }

    private bool TryTakeCredit(int channel, SimTime now) => _channels[channel].Waiting.Count > 0 && _channels[channel].Credits.TryTake(now.Picoseconds);

    /// <summary>Until one is back; where none is on its way, its return wakes.</summary>
    private void WaitForCredit(SimTime now)
    {
        CreditStalls++;
        long soonest = long.MaxValue;
        foreach (MessageChannel channel in _channels)
        {
            soonest = channel.Waiting.Count > 0 ? Math.Min(soonest, channel.Credits.NextReturn) : soonest;
        }

        if (soonest < long.MaxValue)
        {
            WakeIn(soonest - now.Picoseconds);
        }
    }

    private void WakeIn(long span)
    {
        _isWaking = true;
        _fabric.Simulation.Schedule(new SimDuration(span), EventPriority.Device, this);
    }

    private void Send(WaitingMessage message, MessageChannel channel, int number, SimTime now)
    {
        _turn = number ^ 1;
        SimTime gone = _wire.Send(now, channel.Message);
        channel.Latency.Add(gone - message.Came);
        _fabric.Leave(message.Number);
        _fabric.Watch?.OnSent(message.Number, message.Came, gone, gone + _flight);
        _fabric.ArriveAt(gone + _flight, message.Number);
    }
}

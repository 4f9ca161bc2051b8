using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>What waits in front of one direction of a link: a queue for each of its two channels, served while there are credits and room. A host serves them in turn, a
/// device or a switch the one that has waited longer.</summary>
public sealed class LinkQueue : SimHandler
{
    /// <summary>The argument of an event that brings no access.</summary>
    private const ulong Wake = ulong.MaxValue;

    private readonly MemoryFabric _fabric;
    private LinkDirection _wire;
    private readonly SimDuration _flight;
    private readonly long _buffer;
    private readonly bool _isInTurn;

    /// <summary>That of messages without data, that of messages with data.</summary>
    private readonly MessageChannel[] _channels;
    private readonly int _readChannel;

    /// <summary>When it looks again what can leave; an event for another time is out of date. Unit: picoseconds of virtual time.</summary>
    private long _wakeAt = long.MaxValue;

    /// <summary>Until then nothing can leave, whoever has credits.</summary>
    private bool _isWireFull;
    private int _turn;

    /// <param name="fabric">Whose accesses wait.</param>
    /// <param name="cost">How long messages take to leave.</param>
    /// <param name="flight">From the wire to where it is looked at.</param>
    /// <param name="buffer">How much is handed to the wire at once.</param>
    /// <param name="withoutData">The message without data; the one with data is the next.</param>
    /// <param name="creditsWithoutData">Room for messages without data.</param>
    /// <param name="creditsWithData">Room for messages with data.</param>
    /// <param name="isInTurn">Whether the channels have their turns, or what came first goes first.</param>
    /// <param name="creditDelay">How long a credit is on its way back.</param>
    internal LinkQueue(
        MemoryFabric fabric, MessageCost cost, SimDuration flight, SimDuration buffer, MemoryMessage withoutData, int creditsWithoutData, int creditsWithData, SimDuration creditDelay, bool isInTurn)
    {
        _fabric = fabric;
        _wire = new LinkDirection(cost);
        _flight = flight;
        _buffer = buffer.Picoseconds;
        _isInTurn = isInTurn;
        _readChannel = withoutData == MemoryMessage.Req ? 0 : 1;
        _channels =
        [
            new MessageChannel(withoutData, new CreditPool(creditsWithoutData, creditDelay.Picoseconds)),
            new MessageChannel(withoutData + 1, new CreditPool(creditsWithData, creditDelay.Picoseconds)),
        ];
    }

    /// <summary>Messages without data: from their arrival in front of the link to their last slot on the wire.</summary>
    public LatencyHistogram WithoutData => _channels[0].Latency;

    /// <summary>The same of messages with data.</summary>
    public LatencyHistogram WithData => _channels[1].Latency;

    /// <summary>How long the wire was busy since the beginning. Unit: picoseconds.</summary>
    public long Busy => _wire.Busy;

    /// <summary>The same without what is handed to the wire and has not left. Unit: picoseconds.</summary>
    public long BusyUntilNow => _wire.Busy - _wire.Backlog(_fabric.Now.Picoseconds);

    /// <summary>Messages that had to wait because the receiver had no room for them, those behind them aside.</summary>
    public long CreditStalls { get; private set; }

    /// <summary>Messages that wait now.</summary>
    public int Waiting { get; private set; }

    /// <summary>Whether nothing waits and all credits are back or on their way.</summary>
    public bool IsAtRest => _channels.All(channel => channel.Waiting.Count == 0 && channel.Credits.Home == channel.Credits.Count);

    /// <summary>Counts anew from now on.</summary>
    public void Clear()
    {
        WithoutData.Clear();
        WithData.Clear();
        CreditStalls = 0;
    }

    /// <summary>A message comes.</summary>
    /// <param name="number">Of its access.</param>
    /// <param name="now">The time of the event at hand.</param>
    /// <param name="kind">Of its access.</param>
    internal void Arrive(int number, SimTime now, AccessKind kind)
    {
        int channel = ChannelOf(kind);
        ref MessageChannel own = ref _channels[channel];
        if (Waiting == 0 && _wire.Backlog(now.Picoseconds) <= _buffer && own.Credits.TryTake(now.Picoseconds))
        {
            Send(new WaitingMessage(number, now), channel, now);
            return;
        }

        own.Waiting.Enqueue(new WaitingMessage(number, now));
        Waiting++;
        if (!_isWireFull)
        {
            SendWaiting(now);
        }
    }

    /// <summary>The receiver has done with a message.</summary>
    /// <param name="kind">Of its access.</param>
    /// <param name="now">The time of the event at hand.</param>
    internal void ReturnCredit(AccessKind kind, SimTime now)
    {
        _channels[ChannelOf(kind)].Credits.Return(now.Picoseconds);
        if (Waiting > 0 && !_isWireFull)
        {
            SendWaiting(now);
        }
    }

    /// <summary>A message comes, or what it waited for has come.</summary>
    protected override void Handle(ulong argument)
    {
        SimTime now = _fabric.Now;
        if (argument != Wake)
        {
            Arrive((int)argument, now, _fabric.Access((int)argument).Kind);
            return;
        }

        if (now.Picoseconds == _wakeAt)
        {
            (_wakeAt, _isWireFull) = (long.MaxValue, false);
            SendWaiting(now);
        }
    }

    /// <summary>A write brings its data on the way down, a read on the way up.</summary>
    private int ChannelOf(AccessKind kind) => (int)kind ^ _readChannel;

    private void SendWaiting(SimTime now)
    {
        while (Waiting > 0)
        {
            long tooMuch = _wire.Backlog(now.Picoseconds) - _buffer;
            if (tooMuch > 0)
            {
                _isWireFull = true;
                WakeAt(now, now.Picoseconds + tooMuch);
                return;
            }

            int channel = Next();
            if (!TryTakeCredit(channel, now) && !TryTakeCredit(channel ^= 1, now))
            {
                WaitForCredit(now);
                return;
            }

            Waiting--;
            Send(_channels[channel].Waiting.Dequeue(), channel, now);
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

    private bool TryTakeCredit(int channel, SimTime now)
    {
        ref MessageChannel own = ref _channels[channel];
        if (own.Waiting.Count == 0)
        {
            return false;
        }

        if (own.Credits.TryTake(now.Picoseconds))
        {
            return true;
        }

        CreditStalls += own.IsStalled ? 0 : 1;
        own.IsStalled = true;
        return false;
    }

    /// <summary>Until one is back; where none is on its way, its return wakes.</summary>
    private void WaitForCredit(SimTime now)
    {
        long soonest = long.MaxValue;
        foreach (ref readonly MessageChannel channel in _channels.AsSpan())
        {
            soonest = channel.Waiting.Count > 0 ? Math.Min(soonest, channel.Credits.NextReturn) : soonest;
        }

        if (soonest < long.MaxValue)
        {
            WakeAt(now, soonest);
        }
    }

    private void WakeAt(SimTime now, long time)
    {
        if (time < _wakeAt)
        {
            _wakeAt = time;
            _fabric.Simulation.Schedule(new SimDuration(time - now.Picoseconds), EventPriority.Device, this, Wake);
        }
    }

    private void Send(WaitingMessage message, int channel, SimTime now)
    {
        _turn = channel ^ 1;
        ref MessageChannel own = ref _channels[channel];
        own.IsStalled = false;
        SimTime gone = _wire.Send(now, own.Message);
        own.Latency.Add(gone - message.Came);
        ref FabricAccess access = ref _fabric.Access(message.Number);
        access.Leave(now);
        SimTime there = gone + _flight;
        _fabric.Watch?.OnSent(message.Number, message.Came, gone, there);
        _fabric.ArriveIn(there - now, message.Number, ref access);
    }
}

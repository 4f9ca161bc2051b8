using System.Runtime.CompilerServices;
using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>What waits in front of one direction of a link: a queue for each of its two channels, served while there are credits and room. A host serves them in turn, a
/// device or a switch the one that has waited longer.</summary>
public sealed class LinkQueue : SimHandler
{
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

    /// <summary>Something waits, and not for the wire.</summary>
    private bool _lacksCredit;
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
        _wire = new LinkDirection(cost.Divisor);
        _flight = flight;
        _buffer = buffer.Picoseconds;
        _isInTurn = isInTurn;
        _readChannel = withoutData == MemoryMessage.Req ? 0 : 1;
        _channels =
        [
            new MessageChannel(this, 0, cost.WireTimeOf(withoutData), new CreditPool(creditsWithoutData, creditDelay.Picoseconds)),
            new MessageChannel(this, 1, cost.WireTimeOf(withoutData + 1), new CreditPool(creditsWithData, creditDelay.Picoseconds)),
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
    public bool IsAtRest => _channels.All(channel => channel.IsAtRest);

    internal SimTime Now => _fabric.Now;

    /// <summary>Counts anew from now on.</summary>
    public void Clear()
    {
        WithoutData.Clear();
        WithData.Clear();
        CreditStalls = 0;
    }

    /// <summary>A write brings its data on the way down, a read on the way up.</summary>
    internal MessageChannel ChannelOf(AccessKind kind) => _channels[(int)kind ^ _readChannel];

    /// <summary>A message comes.</summary>
    /// <param name="number">Of its access.</param>
    /// <param name="channel">Where it comes.</param>
    /// <param name="now">The time of the event at hand.</param>
    internal void Arrive(int number, MessageChannel channel, SimTime now)
    {
        if (((Waiting == 0) & (_wire.Backlog(now.Picoseconds) <= _buffer)) && channel.Credits.TryTake(now.Picoseconds))
        {
            Send(new WaitingMessage(number, now), channel, now);
            return;
        }

        channel.Waiting.Enqueue(new WaitingMessage(number, now));
        Waiting++;
        if (!_isWireFull)
        {
            SendWaiting(now);
        }
    }

    /// <summary>There is room for one more at the receiver.</summary>
    /// <param name="now">The time of the event at hand.</param>
    internal void OnCredit(SimTime now)
    {
        if (_lacksCredit)
        {
            SendWaiting(now);
        }
    }

    /// <summary>What waits has what it waited for.</summary>
    protected override void Handle(ulong argument)
    {
        SimTime now = _fabric.Now;
        if (now.Picoseconds == _wakeAt)
        {
            (_wakeAt, _isWireFull) = (long.MaxValue, false);
            SendWaiting(now);
        }
    }

    private void SendWaiting(SimTime now)
    {
        _lacksCredit = false;
        while (Waiting > 0)
        {
            long tooMuch = _wire.Backlog(now.Picoseconds) - _buffer;
            if (tooMuch > 0)
            {
                _isWireFull = true;
                WakeAt(now, now.Picoseconds + tooMuch);
                return;
            }

            int next = Next();
            MessageChannel channel = _channels[next];
            if (!TryTakeCredit(channel, now) && !TryTakeCredit(channel = _channels[next ^ 1], now))
            {
                WaitForCredit(now);
                return;
            }

            Waiting--;
            Send(channel.Waiting.Dequeue(), channel, now);
        }
    }

    /// <summary>The channel whose first message is the next; one of them has one.</summary>
    /// <remarks>Without branches: nobody can foresee which one it is.</remarks>
    private int Next()
    {
        MessageChannel withoutData = _channels[0];
        MessageChannel withData = _channels[1];
        bool isFirst = _isInTurn ? _turn != 0 : withData.Waiting.First.Came < withoutData.Waiting.First.Came;
        return Unsafe.BitCast<bool, byte>((withoutData.Waiting.Count == 0) | ((withData.Waiting.Count > 0) & isFirst));
    }

    private bool TryTakeCredit(MessageChannel channel, SimTime now)
    {
        if (channel.Waiting.Count == 0)
        {
            return false;
        }

        if (channel.Credits.TryTake(now.Picoseconds))
        {
            return true;
        }

        CreditStalls += channel.IsStalled ? 0 : 1;
        channel.IsStalled = true;
        return false;
    }

    /// <summary>Until one is back; where none is on its way, its return wakes.</summary>
    private void WaitForCredit(SimTime now)
    {
        _lacksCredit = true;
        long soonest = Math.Min(_channels[0].NextCredit, _channels[1].NextCredit);
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
            _fabric.Simulation.Schedule(new SimDuration(time - now.Picoseconds), EventPriority.Device, this);
        }
    }

    private void Send(WaitingMessage message, MessageChannel channel, SimTime now)
    {
        _turn = channel.Turn ^ 1;
        channel.IsStalled = false;
        SimTime gone = _wire.Send(now, channel.Cost);
        channel.Latency.Add(gone - message.Came);
        SimTime there = gone + _flight;
        _fabric.Watch?.OnSent(message.Number, message.Came, gone, there);
        _fabric.MoveOn(message.Number, now, there);
    }
}

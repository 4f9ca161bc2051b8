using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>What waits in front of one direction of a link: a queue for each of its two channels, served while there are credits and room. A host serves them in turn, a
/// device or a switch the one that has waited longer.</summary>
public sealed class LinkQueue : IEventHandler
{
    private readonly MemoryFabric _fabric;
    private readonly LinkDirection _wire;
    private readonly Queue<WaitingMessage> _plain = [];
    private readonly Queue<WaitingMessage> _laden = [];
    private readonly CreditPool _plainCredits;
    private readonly CreditPool _ladenCredits;
    private readonly MemoryMessage _plainMessage;
    private readonly SimDuration _flight;
    private readonly long _buffer;
    private readonly bool _isInTurn;
    private bool _isWaking;
    private bool _isLadensTurn;
    private long _came;

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
        _plainMessage = plain;
        _plainCredits = new CreditPool(plainCredits, creditDelay.Picoseconds);
        _ladenCredits = new CreditPool(ladenCredits, creditDelay.Picoseconds);
    }

    /// <summary>Messages without data: from their arrival in front of the link to their last slot on the wire.</summary>
    public LatencyHistogram Plain { get; } = new();

    /// <summary>The same of messages with data.</summary>
    public LatencyHistogram Laden { get; } = new();

    /// <summary>How long the wire was busy since the beginning. Unit: picoseconds.</summary>
    public long Busy => _wire.Busy;

    /// <summary>The same without what is handed to the wire and has not left. Unit: picoseconds.</summary>
    public long BusyUntilNow => _wire.Busy - _wire.Backlog(_fabric.Now.Picoseconds);

    /// <summary>How often nothing could leave because the receiver had no room.</summary>
    public long CreditStalls { get; private set; }

    /// <summary>Messages that wait now.</summary>
    public int Waiting => _plain.Count + _laden.Count;

    /// <summary>Counts anew from now on.</summary>
    public void Clear()
    {
        Plain.Clear();
        Laden.Clear();
        CreditStalls = 0;
    }

    /// <summary>Whether nothing waits and all credits are back or on their way.</summary>
    public bool IsAtRest => Waiting == 0 && _plainCredits.Home == _plainCredits.Count && _ladenCredits.Home == _ladenCredits.Count;

    /// <summary>A message comes.</summary>
    /// <param name="number">Of its access.</param>
    /// <param name="isLaden">Whether it carries data.</param>
    internal void Put(int number, bool isLaden)
    {
        long now = _fabric.Now.Picoseconds;
        if (!_isWaking && Waiting == 0 && _wire.Backlog(now) <= _buffer && (isLaden ? _ladenCredits : _plainCredits).TryTake(now))
        {
            _isLadensTurn = !isLaden;
            Send(number, isLaden);
            return;
        }

        (isLaden ? _laden : _plain).Enqueue(new WaitingMessage(number, _came++));
        if (!_isWaking)
        {
            SendWaiting();
        }
    }

    /// <summary>The receiver has done with a message.</summary>
    internal void ReturnCredit(bool isLaden)
    {
        (isLaden ? _ladenCredits : _plainCredits).Return(_fabric.Now.Picoseconds);
        if (!_isWaking && Waiting > 0)
        {
            SendWaiting();
        }
    }

    void IEventHandler.Handle(ulong argument)
    {
        _isWaking = false;
        SendWaiting();
    }

    private void SendWaiting()
    {
        long now = _fabric.Now.Picoseconds;
        while (Waiting > 0)
        {
            long tooMuch = _wire.Backlog(now) - _buffer;
            if (tooMuch > 0)
            {
                WakeIn(tooMuch);
                return;
            }

            bool isLaden = IsLadenNext();
            if (!TryTakeCredit(isLaden, now) && !TryTakeCredit(isLaden = !isLaden, now))
            {
                WaitForCredit(now);
                return;
            }

            _isLadensTurn = !isLaden;
            Send((isLaden ? _laden : _plain).Dequeue().Number, isLaden);
        }
    }

    private bool IsLadenNext() =>
        _laden.Count > 0 && (_plain.Count == 0 || (_isInTurn ? _isLadensTurn : _laden.Peek().Came < _plain.Peek().Came));

    private bool TryTakeCredit(bool isLaden, long now) =>
        isLaden ? _laden.Count > 0 && _ladenCredits.TryTake(now) : _plain.Count > 0 && _plainCredits.TryTake(now);

    /// <summary>Until one is back; where none is on its way, its return wakes.</summary>
    private void WaitForCredit(long now)
    {
        CreditStalls++;
        long soonest = Math.Min(_plain.Count > 0 ? _plainCredits.NextReturn : long.MaxValue, _laden.Count > 0 ? _ladenCredits.NextReturn : long.MaxValue);
        if (soonest < long.MaxValue)
        {
            WakeIn(soonest - now);
        }
    }

    private void WakeIn(long span)
    {
        _isWaking = true;
        _fabric.Simulation.Schedule(new SimDuration(span), EventPriority.Device, this);
    }

    private void Send(int number, bool isLaden)
    {
        SimTime gone = _wire.Send(_fabric.Now, isLaden ? _plainMessage + 1 : _plainMessage);
        SimTime came = _fabric.Leave(number);
        (isLaden ? Laden : Plain).Add(gone - came);
        _fabric.Watch?.OnSent(number, came, gone, gone + _flight);
        _fabric.ArriveAt(gone + _flight, number);
    }
}

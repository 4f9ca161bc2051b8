namespace CxlSim.Timing;

/// <summary>One of the two channels in front of a link: what waits in it, in the order in which it came, and the room that the receiver has for it.</summary>
/// <param name="message">What it carries.</param>
/// <param name="credits">Room for such messages at the receiver.</param>
internal sealed class MessageChannel(MemoryMessage message, CreditPool credits)
{
    /// <summary>A ring that grows to what ever waits. Its length is a power of two.</summary>
    private WaitingMessage[] _waiting = new WaitingMessage[16];
    private int _first;

    public MemoryMessage Message => message;

    public CreditPool Credits => credits;

    /// <summary>From their arrival in front of the link to their last slot on the wire.</summary>
    public LatencyHistogram Latency { get; } = new();

    /// <summary>Messages that wait.</summary>
    public int Waiting { get; private set; }

    /// <summary>The one that came first; only where one waits.</summary>
    public ref readonly WaitingMessage First => ref _waiting[_first];

    public void Enqueue(WaitingMessage waiting)
    {
        int count = Waiting;
        if (count == _waiting.Length)
        {
            Grow();
        }

        _waiting[(_first + count) & (_waiting.Length - 1)] = waiting;
        Waiting = count + 1;
    }

    /// <summary>Takes the one that came first; only where one waits.</summary>
    public WaitingMessage Dequeue()
    {
        WaitingMessage first = _waiting[_first];
        _first = (_first + 1) & (_waiting.Length - 1);
        Waiting--;
        return first;
    }

    private void Grow()
    {
        WaitingMessage[] larger = new WaitingMessage[_waiting.Length * 2];
        _waiting.AsSpan(_first).CopyTo(larger);
        _waiting.AsSpan(0, _first).CopyTo(larger.AsSpan(_waiting.Length - _first));
        (_waiting, _first) = (larger, 0);
    }
}

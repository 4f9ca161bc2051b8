namespace CxlSim.Timing;

/// <summary>Room in the receiver's buffer for messages of one channel, as the sender knows it: what is given back is on its way for a while.</summary>
internal sealed class CreditPool
{
    private readonly long _delay;

    /// <summary>When those on their way are back, the next at <see cref="_first"/>, looked at once the others are taken: a ring that grows. Its length is a power of two.</summary>
    private long[] _returns = new long[16];
    private int _available;
    private int _first;
    private int _onTheWay;

    /// <param name="count">Messages that the receiver has room for; at least 1.</param>
    /// <param name="delay">From the receiver to the sender. Unit: picoseconds.</param>
    public CreditPool(int count, long delay)
    {
        _available = count;
        Count = count;
        _delay = delay;
    }

    /// <summary>How many there are when none is in use.</summary>
    public int Count { get; }

    /// <summary>How many the sender has, and will have of what is on its way.</summary>
    public int Home => _available + _onTheWay;

    /// <summary>When the next one is back; the far future where none is on its way. Unit: picoseconds of virtual time.</summary>
    public long NextReturn => _onTheWay > 0 ? _returns[_first] : long.MaxValue;

    public bool TryTake(long now)
    {
        if (_available > 0)
        {
            _available--;
            return true;
        }

        if (_onTheWay == 0 || _returns[_first] > now)
        {
            return false;
        }

        _first = (_first + 1) & (_returns.Length - 1);
        _onTheWay--;
        return true;
    }

    /// <summary>The receiver has room again.</summary>
    public void Return(long now)
    {
        if (_onTheWay == _returns.Length)
        {
            Grow();
        }

        _returns[(_first + _onTheWay) & (_returns.Length - 1)] = now + _delay;
        _onTheWay++;
    }

    private void Grow()
    {
        long[] larger = new long[_returns.Length * 2];
        _returns.AsSpan(_first).CopyTo(larger);
        _returns.AsSpan(0, _first).CopyTo(larger.AsSpan(_returns.Length - _first));
        (_returns, _first) = (larger, 0);
    }
}

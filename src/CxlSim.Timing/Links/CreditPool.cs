namespace CxlSim.Timing;

/// <summary>Room in the receiver's buffer for messages of one channel, as the sender knows it: what is given back is on its way for a while.</summary>
internal sealed class CreditPool
{
    private readonly long[] _returns;
    private readonly long _delay;
    private int _available;
    private int _first;
    private int _onTheWay;

    /// <param name="count">Messages that the receiver has room for; at least 1.</param>
    /// <param name="delay">From the receiver to the sender. Unit: picoseconds.</param>
    public CreditPool(int count, long delay)
    {
        _available = count;
        _returns = new long[count];
        _delay = delay;
    }

    /// <summary>How many there are when none is in use.</summary>
    public int Count => _returns.Length;

    /// <summary>How many the sender has, and will have of what is on its way.</summary>
    public int Home => _available + _onTheWay;

    /// <summary>When the next one is back; the far future where none is on its way. Unit: picoseconds of virtual time.</summary>
    public long NextReturn => _onTheWay > 0 ? _returns[_first] : long.MaxValue;

    public bool TryTake(long now)
    {
        while (_onTheWay > 0 && _returns[_first] <= now)
        {
            _first = _first + 1 == _returns.Length ? 0 : _first + 1;
            _onTheWay--;
            _available++;
        }

        if (_available == 0)
        {
            return false;
        }

        _available--;
        return true;
    }

    /// <summary>The receiver has room again.</summary>
    public void Return(long now)
    {
        int last = _first + _onTheWay;
        _returns[last >= _returns.Length ? last - _returns.Length : last] = now + _delay;
        _onTheWay++;
    }
}

using System.Runtime.CompilerServices;

namespace CxlSim.Timing;

/// <summary>Room in the receiver's buffer for messages of one channel, as the sender knows it: what is given back is on its way for a while.</summary>
internal struct CreditPool
{
    private readonly long _delay;

    /// <summary>When those on their way are back, taken before the others: so only those that have not come are kept.</summary>
    private Ring<long> _returns = new();
    private int _available;

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
    public readonly int Home => _available + _returns.Count;

    /// <summary>When the next one is back; the far future where none is on its way. Unit: picoseconds of virtual time.</summary>
    public readonly long NextReturn => _returns.Count > 0 ? _returns.First : long.MaxValue;

    /// <remarks>Without branches: nobody can foresee which credit it is.</remarks>
    public bool TryTake(long now)
    {
        unchecked
        {
            int isBack = Unsafe.BitCast<bool, byte>((_returns.Count > 0) & (_returns.First <= now));
            int had = isBack | Unsafe.BitCast<bool, byte>(_available > 0);
            _returns.DequeueIf(isBack);
            _available -= had - isBack;
            return had != 0;
        }
    }

    /// <summary>The receiver has room again.</summary>
    public void Return(long now) => _returns.Enqueue(now + _delay);
}

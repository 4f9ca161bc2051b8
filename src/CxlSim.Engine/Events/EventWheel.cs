using System.Numerics;
using System.Runtime.CompilerServices;

namespace CxlSim.Engine;

/// <summary>A calendar queue's ring: the time ahead in buckets of equal width, each a chain of slots in no order. Times a whole revolution apart share an entry, and only those of one revolution are in it.</summary>
internal sealed class EventWheel
{
    private const int SmallestSize = 128;
    private const int LargestSize = 1 << 20;
    private const int Sample = 256;

    /// <summary>So that most events are alone in theirs.</summary>
    private const uint BucketsPerEvent = 8;

    /// <summary>Buckets looked at between two judgements.</summary>
    private const int Period = 4096;

    /// <summary>More events in a bucket than this, and sorting them takes longer than finding the bucket.</summary>
    private const int MostInABucket = 6;

    private int[] _first = [];
    private ulong[] _used = [];
    private int _count;
    private int _shift;
    private long _taken;
    private int _judged;
    private int _period = Period;

    /// <summary>The bucket at hand. Where there is no wheel, all time is at hand.</summary>
    private long _now = long.MaxValue;

    /// <summary>How many buckets, a power of two; 0 before there was a wheel.</summary>
    public int Size => _first.Length;

    public bool IsLargest => Size == LargestSize;

    /// <summary>The first slot of every bucket's chain, or -1.</summary>
    public ReadOnlySpan<int> Buckets => _first;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long BucketOf(long time) => time >> _shift;

    /// <summary>How many buckets after the one at hand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long AheadOf(long time) => unchecked(BucketOf(time) - _now);

    /// <summary>Only for a time within the next <see cref="Size"/> buckets.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in EventKey key, ref EventSlot slot)
    {
        int at = IndexOf(BucketOf(key.Time));
        slot.Time = key.Time;
        slot.Order = key.Order;
        slot.Next = _first[at];
        _first[at] = key.Slot;
        _used[at >>> 6] |= 1UL << at;
        _count++;
    }

    /// <summary>The next bucket that holds something; the end of time where none does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Next()
    {
        if (_count == 0)
        {
            return long.MaxValue;
        }

        int start = IndexOf(_now + 1);
        int word = start >>> 6;
        ulong rest = _used[word] & (ulong.MaxValue << start);
        while (rest == 0)
        {
            word = (word + 1) & (_used.Length - 1);
            rest = _used[word];
        }

        int found = (word << 6) + BitOperations.TrailingZeroCount(rest);
        return _now + 1 + ((found - start) & (Size - 1));
    }

    /// <summary>What lies before a time has happened; its bucket is the next.</summary>
    public void TurnTo(long time) => _now = BucketOf(time) - 1;

    /// <summary>Makes a bucket that <see cref="Next"/> has found the one at hand, and empties it. The first slot of its chain, or -1 where it has found none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Take(long next)
    {
        if (next == long.MaxValue)
        {
            return -1;
        }

        _now = next;
        int at = IndexOf(next);
        int first = _first[at];
        _first[at] = -1;
        _used[at >>> 6] &= ~(1UL << at);
        return first;
    }

    /// <summary>False where buckets hold too many: then they are too wide.</summary>
    /// <param name="taken">How many events the bucket at hand held.</param>
    public bool Suits(int taken)
    {
        _count -= taken;
        _taken += taken;
        if (++_judged < _period)
        {
            return true;
        }

        bool suits = _shift == 0 || _taken <= (long)MostInABucket * _judged;
        _period = suits ? Period : Math.Min(_period * 2, 1 << 24); // where nothing suits, it is not tried all the time
        (_taken, _judged) = (0, 0);
        return suits;
    }

    /// <summary>Empties itself, and chooses how many buckets of which width there are. The bucket at hand is that of the earliest.</summary>
    /// <param name="keys">What is to be placed; nothing for no wheel.</param>
    public void Arrange(ReadOnlySpan<EventKey> keys)
    {
        _count = 0;
        (_taken, _judged) = (0, 0);
        int size = (int)Math.Clamp(BitOperations.RoundUpToPowerOf2((uint)keys.Length * BucketsPerEvent), SmallestSize, LargestSize);
        if (size != Size)
        {
            _first = new int[size];
            _used = new ulong[size / 64];
        }

        Array.Fill(_first, -1);
        Array.Clear(_used);
        if (keys.IsEmpty)
        {
            (_now, _shift) = (long.MaxValue, 0);
            return;
        }

        long start = keys[0].Time;
        foreach (ref readonly EventKey key in keys)
        {
            start = Math.Min(start, key.Time);
        }

        _shift = ShiftFor(MedianOf(keys) - start);
        _now = BucketOf(start);
    }

    /// <summary>Half of all events fill half of the wheel.</summary>
    private int ShiftFor(long half)
    {
        long width = half / (Size / 2);
        return width == 0 ? 0 : BitOperations.Log2((ulong)width) + 1;
    }

    private static long MedianOf(ReadOnlySpan<EventKey> keys)
    {
        Span<long> times = stackalloc long[Math.Min(Sample, keys.Length)];
        for (int i = 0; i < times.Length; i++)
        {
            times[i] = keys[(int)((long)i * keys.Length / times.Length)].Time;
        }

        times.Sort();
        return times[times.Length / 2];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int IndexOf(long bucket) => unchecked((int)bucket & (_first.Length - 1));
}

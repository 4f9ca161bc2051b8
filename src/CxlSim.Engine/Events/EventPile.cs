namespace CxlSim.Engine;

/// <summary>What lies beyond the wheel, in no order: it is looked through when the wheel comes to the earliest of it, and by then most of it is near.</summary>
internal sealed class EventPile
{
    private EventKey[] _keys = new EventKey[64];

    public int Count { get; private set; }

    /// <summary>The earliest time; the end of time where there is none.</summary>
    public long Earliest { get; private set; } = long.MaxValue;

    public ReadOnlySpan<EventKey> Keys => _keys.AsSpan(0, Count);

    public void Add(in EventKey key)
    {
        if (Count == _keys.Length)
        {
            Array.Resize(ref _keys, Count * 2);
        }

        _keys[Count++] = key;
        Earliest = Math.Min(Earliest, key.Time);
    }

    /// <summary>Moves what the wheel reaches by now into it.</summary>
    public void MoveTo(EventWheel wheel, EventSlot[] slots)
    {
        int left = 0;
        long earliest = long.MaxValue;
        foreach (ref readonly EventKey key in Keys)
        {
            if (wheel.AheadOf(key.Time) < wheel.Size)
            {
                wheel.Add(key, ref slots[key.Slot]);
                continue;
            }

            _keys[left++] = key;
            earliest = Math.Min(earliest, key.Time);
        }

        (Count, Earliest) = (left, earliest);
    }

    public void Clear() => (Count, Earliest) = (0, long.MaxValue);
}

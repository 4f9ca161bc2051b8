using CxlSim.Engine.Internals;

namespace CxlSim.Engine;

/// <summary>The future, ordered by (time, priority, sequence).</summary>
/// <remarks>
/// Few events are in a heap. Of many, only those of the time at hand are, the others wait unsorted in a wheel of buckets of equal width, and those beyond
/// it in a pile; so an event costs the same however many there are. One that is alone in its bucket needs no heap. Handlers stay in their slots, because every copy of a reference on the heap
/// costs a write barrier. The sequence number makes the order total, so equal times come out in the order in which they went in; .NET's
/// <c>PriorityQueue</c> does not promise that, and a replay needs it.
/// </remarks>
internal sealed class EventQueue
{
    /// <summary>So many events need no wheel; it is put away when less than half of them are left.</summary>
    private const int FewEvents = 8;

    private readonly EventHeap _near = new();
    private readonly EventPile _far = new();
    private readonly EventWheel _wheel = new();
    private EventSlot[] _slots = new EventSlot[FewEvents];
    private int[] _freeSlots = new int[FewEvents];
    private EventKey[] _copy = [];
    private int _growAt = FewEvents;
    private int _shrinkBelow = -1;
    private long _takenSinceBrought;
    private ulong _sequence;

    public EventQueue() => FreeFrom(0);

    public int Count { get; private set; }

    public SimTime NextTime => Count == 0 ? throw Bug.Of("an event in the queue") : new SimTime(First().Time);

    public void Enqueue(SimTime time, EventPriority priority, SimHandler handler, ulong argument)
    {
        int count = Count;
        if (count == _slots.Length)
        {
            Grow();
        }

        int slot = _freeSlots[count];
        ref EventSlot waiting = ref _slots[slot];
        waiting.Handler = handler;
        waiting.Argument = argument;
        Count = count + 1;
        Place(new EventKey(time.Picoseconds, ((ulong)priority << SimEvent.SequenceBits) | _sequence++, slot), ref waiting);
        if (count >= _growAt)
        {
            Rearrange();
        }
    }

    public SimEvent Dequeue()
    {
        int count = Count - 1;
        if (count < 0)
        {
            throw Bug.Of("an event in the queue");
        }

        EventKey first = _near.Count > 0 ? _near.Pop() : TakeNext();
        SimEvent result = EventOf(first);
        _slots[first.Slot].Handler = null!; // it may be garbage from now on
        _freeSlots[count] = first.Slot;
        Count = count;
        if (count < _shrinkBelow)
        {
            Rearrange();
        }

        return result;
    }

    /// <summary>Whether something other than background work comes no later than a time.</summary>
    public bool HasForeground(SimTime limit)
    {
        if (Count == 0 || First().Time > limit.Picoseconds)
        {
            return false;
        }

        if (!_slots[First().Slot].Handler.IsBackground)
        {
            return true; // mostly
        }

        foreach (ref readonly EventKey key in Keys())
        {
            if (key.Time <= limit.Picoseconds && !_slots[key.Slot].Handler.IsBackground)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What is scheduled, earliest first; a copy, for debuggers.</summary>
    public IReadOnlyList<SimEvent> Snapshot()
    {
        EventKey[] copy = Keys().ToArray();
        Array.Sort(copy, Compare);
        return Array.ConvertAll(copy, EventOf);
    }

    private static int Compare(EventKey a, EventKey b) => EventKey.IsBefore(b, a) - EventKey.IsBefore(a, b);

    private void Place(in EventKey key, ref EventSlot slot)
    {
        long ahead = _wheel.AheadOf(key.Time);
        if (ahead <= 0)
        {
            _near.Push(key);
        }
        else if (ahead < _wheel.Size)
        {
            _wheel.Add(key, ref slot);
        }
        else
        {
            _far.Add(key);
        }
    }

    private EventKey First()
    {
        if (_near.Count == 0)
        {
            Fill(Advance());
        }

        return _near.First;
    }

    /// <summary>The earliest of the next bucket. Where it is the only one there, the heap has nothing to put in order.</summary>
    private EventKey TakeNext()
    {
        int slot = Advance();
        if (slot < 0 || _slots[slot].Next >= 0 || _near.Count > 0)
        {
            Fill(slot);
            return _near.Pop();
        }

        _takenSinceBrought++;
        if (!_wheel.Suits(1))
        {
            _shrinkBelow = int.MaxValue; // arranges the others anew, as soon as this one is out
        }

        return new EventKey(_slots[slot].Time, _slots[slot].Order, slot);
    }

    /// <summary>The next bucket that holds something becomes the one at hand. The first slot of its chain, or -1 where none does.</summary>
    private int Advance()
    {
        long next = _wheel.Next();
        if (_far.Count > 0 && _wheel.BucketOf(_far.Earliest) <= next)
        {
            Bring();
            next = _wheel.Next();
        }

        return _wheel.Take(next);
    }

    /// <summary>Puts what the bucket at hand held into the heap.</summary>
    private void Fill(int slot)
    {
        int taken = 0;
        for (; slot >= 0; taken++)
        {
            ref EventSlot waiting = ref _slots[slot];
            _near.Push(new EventKey(waiting.Time, waiting.Order, slot));
            slot = waiting.Next;
        }

        _takenSinceBrought += taken;
        if (!_wheel.Suits(taken))
        {
            Rearrange();
        }
    }

    /// <summary>The wheel has come to the earliest of what lay beyond it. Where it is looked through again before much else has happened, the wheel reaches not far enough.</summary>
    private void Bring()
    {
        bool suits = _takenSinceBrought >= _far.Count / 4;
        _takenSinceBrought = 0;
        if (suits)
        {
            _wheel.TurnTo(_far.Earliest);
            _far.MoveTo(_wheel, _slots);
        }
        else
        {
            Rearrange();
        }
    }

    /// <summary>Chooses the wheel anew for what there is, or none for few events, and places all of it.</summary>
    private void Rearrange()
    {
        ReadOnlySpan<EventKey> keys = Keys();
        bool hasFew = keys.Length <= FewEvents / 2;
        _near.Clear();
        _far.Clear();
        _wheel.Arrange(hasFew ? [] : keys);
        _growAt = hasFew ? FewEvents : _wheel.IsLargest ? int.MaxValue : _wheel.Size / 4;
        _shrinkBelow = hasFew ? -1 : _wheel.Size / 32;
        foreach (ref readonly EventKey key in keys)
        {
            Place(key, ref _slots[key.Slot]);
        }
    }

    /// <summary>All of them, in no order; until the next call.</summary>
    private ReadOnlySpan<EventKey> Keys()
    {
        if (_copy.Length < Count)
        {
            _copy = new EventKey[_slots.Length];
        }

        Span<EventKey> keys = _copy.AsSpan(0, Count);
        _near.Keys.CopyTo(keys);
        _far.Keys.CopyTo(keys[_near.Count..]);
        int at = _near.Count + _far.Count;
        foreach (int first in _wheel.Buckets)
        {
            for (int slot = first; slot >= 0; slot = _slots[slot].Next)
            {
                keys[at++] = new EventKey(_slots[slot].Time, _slots[slot].Order, slot);
            }
        }

        return keys;
    }

    private SimEvent EventOf(EventKey key)
    {
        ref EventSlot slot = ref _slots[key.Slot];
        return new SimEvent(new SimTime(key.Time), key.Order, slot.Handler, slot.Argument);
    }

    private void Grow()
    {
        int size = Count * 2;
        Array.Resize(ref _slots, size);
        Array.Resize(ref _freeSlots, size);
        FreeFrom(Count);
    }

    /// <summary>Entries of the free list below Count are in use; those from Count on name the slots that are not.</summary>
    private void FreeFrom(int first)
    {
        for (int i = first; i < _freeSlots.Length; i++)
        {
            _freeSlots[i] = i;
        }
    }
}

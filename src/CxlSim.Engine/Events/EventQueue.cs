using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CxlSim.Engine.Internals;

namespace CxlSim.Engine;

/// <summary>The future, ordered by (time, priority, sequence).</summary>
/// <remarks>
/// A heap with four children per node, half the depth of a binary one. It moves keys only; handlers stay in their slots,
/// because every copy of a reference on the heap costs a write barrier. The sequence number makes the order total, so equal
/// times come out in the order in which they went in; .NET's <c>PriorityQueue</c> does not promise that, and a replay needs it.
/// </remarks>
public sealed class EventQueue
{
    private const int Arity = 4;
    private EventKey[] _heap = new EventKey[64];
    private (IEventHandler Handler, ulong Argument)[] _slots = new (IEventHandler, ulong)[64];
    private int[] _freeSlots = new int[64];
    private ulong _sequence;

    public EventQueue() => FreeFrom(0);

    public int Count { get; private set; }

    public SimTime NextTime => Count == 0 ? throw Bug.Of("an event in the queue") : new SimTime(_heap[0].Time);

    public void Enqueue(SimTime time, EventPriority priority, IEventHandler handler, ulong argument)
    {
        int count = Count;
        if (count == _heap.Length)
        {
            Grow();
        }

        int slot = _freeSlots[count];
        _slots[slot] = (handler, argument);
        Count = count + 1;
        SiftUp(count, new EventKey(time.Picoseconds, ((ulong)priority << SimEvent.SequenceBits) | _sequence++, slot));
    }

    public SimEvent Dequeue()
    {
        int count = Count - 1;
        if (count < 0)
        {
            throw Bug.Of("an event in the queue");
        }

        EventKey first = _heap[0];
        SimEvent result = EventOf(first);
        _slots[first.Slot].Handler = null!; // it may be garbage from now on
        _freeSlots[count] = first.Slot;
        Count = count;
        if (count > 0)
        {
            SiftDown(_heap[count], count);
        }

        return result;
    }

    /// <summary>Whether something other than background work comes no later than a time.</summary>
    public bool HasForeground(SimTime limit)
    {
        for (int i = 0; i < Count && _heap[0].Time <= limit.Picoseconds; i++)
        {
            if (_heap[i].Time <= limit.Picoseconds && !_slots[_heap[i].Slot].Handler.IsBackground)
            {
                return true; // mostly the first
            }
        }

        return false;
    }

    /// <summary>What is scheduled, earliest first; a copy, for debuggers.</summary>
    public IReadOnlyList<SimEvent> Snapshot()
    {
        EventKey[] copy = _heap.AsSpan(0, Count).ToArray();
        Array.Sort(copy, (a, b) => EventKey.IsBefore(b, a) - EventKey.IsBefore(a, b));
        return Array.ConvertAll(copy, EventOf);
    }

    private SimEvent EventOf(EventKey key)
    {
        ref (IEventHandler Handler, ulong Argument) slot = ref _slots[key.Slot];
        return new SimEvent(new SimTime(key.Time), key.Order, slot.Handler, slot.Argument);
    }

    private void Grow()
    {
        int size = Count * 2;
        Array.Resize(ref _heap, size);
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

    private void SiftUp(int index, in EventKey key)
    {
        EventKey[] heap = _heap;
        while (index > 0)
        {
            int parent = (index - 1) >> 2;
            if (EventKey.IsBefore(key, heap[parent]) == 0)
            {
                break;
            }

            heap[index] = heap[parent];
            index = parent;
        }

        heap[index] = key;
    }

    // No bounds checks: every index is below count, and count never exceeds the array.
    private void SiftDown(EventKey key, int count)
    {
        unchecked
        {
            ref EventKey heap = ref MemoryMarshal.GetArrayDataReference(_heap);
            int index = 0;
            int child = 1;
            while (child < count)
            {
                int best = child + Arity <= count ? FirstOfFour(ref heap, child) : FirstOfRest(ref heap, child, count);
                if (EventKey.IsBefore(Unsafe.Add(ref heap, best), key) == 0)
                {
                    break;
                }

                Unsafe.Add(ref heap, index) = Unsafe.Add(ref heap, best);
                index = best;
                child = (index * Arity) + 1;
            }

            Unsafe.Add(ref heap, index) = key;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int FirstOfFour(ref EventKey heap, int child)
    {
        unchecked
        {
            int left = child + EventKey.IsBefore(Unsafe.Add(ref heap, child + 1), Unsafe.Add(ref heap, child));
            int right = child + 2 + EventKey.IsBefore(Unsafe.Add(ref heap, child + 3), Unsafe.Add(ref heap, child + 2));
            return left + ((right - left) & -EventKey.IsBefore(Unsafe.Add(ref heap, right), Unsafe.Add(ref heap, left)));
        }
    }

    private static int FirstOfRest(ref EventKey heap, int child, int count)
    {
        int best = child;
        for (int sibling = child + 1; sibling < count; sibling++)
        {
            if (EventKey.IsBefore(Unsafe.Add(ref heap, sibling), Unsafe.Add(ref heap, best)) != 0)
            {
                best = sibling;
            }
        }

        return best;
    }
}

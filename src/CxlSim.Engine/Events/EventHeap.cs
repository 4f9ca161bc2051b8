using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CxlSim.Engine;

/// <summary>Keys, the earliest first. A heap with four children per node, half the depth of a binary one.</summary>
internal sealed class EventHeap
{
    private const int Arity = 4;
    private EventKey[] _heap = new EventKey[64];

    public int Count { get; private set; }

    /// <summary>Only where there is one.</summary>
    public ref readonly EventKey First => ref _heap[0];

    /// <summary>In no order.</summary>
    public ReadOnlySpan<EventKey> Keys => _heap.AsSpan(0, Count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Push(in EventKey key)
    {
        int count = Count;
        if (count == _heap.Length)
        {
            Array.Resize(ref _heap, count * 2);
        }

        Count = count + 1;
        SiftUp(count, key);
    }

    /// <summary>Only where there is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public EventKey Pop()
    {
        EventKey first = _heap[0];
        int count = --Count;
        if (count > 0)
        {
            SiftDown(_heap[count], count);
        }

        return first;
    }

    public void Clear() => Count = 0;

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

using CxlSim.Engine.Internals;

namespace CxlSim.Engine;

/// <summary>The future, ordered by (time, priority, sequence).</summary>
/// <remarks>
/// A heap with four children per node: half the depth of a binary one and all children of a node in two cache lines.
/// The sequence number makes the order total, so equal times come out in the order in which they went in; .NET's
/// <c>PriorityQueue</c> does not promise that, and a replay needs it.
/// </remarks>
public sealed class EventQueue
{
    private const int Arity = 4;
    private SimEvent[] _heap = new SimEvent[64];
    private ulong _sequence;

    public int Count { get; private set; }

    public SimTime NextTime => Count == 0 ? throw Bug.Of("an event in the queue") : _heap[0].Time;

    public void Enqueue(SimTime time, EventPriority priority, IEventHandler handler, ulong argument)
    {
        if (Count == _heap.Length)
        {
            Array.Resize(ref _heap, Count * 2);
        }

        SimEvent entry = new(time, ((ulong)priority << SimEvent.SequenceBits) | _sequence++, handler, argument);
        int index = Count++;
        while (index > 0)
        {
            int parent = (index - 1) / Arity;
            if (!entry.IsBefore(_heap[parent]))
            {
                break;
            }

            _heap[index] = _heap[parent];
            index = parent;
        }

        _heap[index] = entry;
    }

    public SimEvent Dequeue()
    {
        if (Count == 0)
        {
            throw Bug.Of("an event in the queue");
        }

        SimEvent first = _heap[0];
        SimEvent last = _heap[--Count];
        _heap[Count] = default; // the handler may be garbage from now on
        if (Count > 0)
        {
            SiftDown(last);
        }

        return first;
    }

    /// <summary>What is scheduled, earliest first; a copy, for debuggers.</summary>
    public IReadOnlyList<SimEvent> Snapshot()
    {
        SimEvent[] copy = _heap.AsSpan(0, Count).ToArray();
        Array.Sort(copy, (a, b) => a.IsBefore(b) ? -1 : b.IsBefore(a) ? 1 : 0);
        return copy;
    }

    private void SiftDown(in SimEvent entry)
    {
        SimEvent[] heap = _heap;
        int count = Count;
        int index = 0;
        while (true)
        {
            int child = (index * Arity) + 1;
            if (child >= count)
            {
                break;
            }

            int best = child;
            int end = Math.Min(child + Arity, count);
            for (int sibling = child + 1; sibling < end; sibling++)
            {
                if (heap[sibling].IsBefore(heap[best]))
                {
                    best = sibling;
                }
            }

            if (!heap[best].IsBefore(entry))
            {
                break;
            }

            heap[index] = heap[best];
            index = best;
        }

        heap[index] = entry;
    }
}

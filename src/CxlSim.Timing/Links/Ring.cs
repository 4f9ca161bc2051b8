namespace CxlSim.Timing;

/// <summary>First in, first out, in a ring that grows to what is ever in it. Its length is a power of two.</summary>
internal struct Ring<T>()
{
    private T[] _items = new T[16];
    private int _first;

    public int Count { readonly get; private set; }

    /// <summary>The one that came first; anything at all where there is none.</summary>
    public readonly ref readonly T First => ref _items[_first];

    public void Enqueue(T item)
    {
        int count = Count;
        if (count == _items.Length)
        {
            Grow();
        }

        unchecked
        {
            T[] items = _items;
            items[(_first + count) & (items.Length - 1)] = item;
            Count = count + 1;
        }
    }

    /// <summary>Takes the one that came first; only where there is one.</summary>
    public T Dequeue()
    {
        unchecked
        {
            T[] items = _items;
            int at = _first;
            _first = (at + 1) & (items.Length - 1);
            Count--;
            return items[at];
        }
    }

    /// <summary>Takes the one that came first if <paramref name="so"/> is 1, and nothing if it is 0: without a branch.</summary>
    public void DequeueIf(int so)
    {
        unchecked
        {
            _first = (_first + so) & (_items.Length - 1);
            Count -= so;
        }
    }

    private void Grow()
    {
        T[] larger = new T[_items.Length * 2];
        _items.AsSpan(_first).CopyTo(larger);
        _items.AsSpan(0, _first).CopyTo(larger.AsSpan(_items.Length - _first));
        (_items, _first) = (larger, 0);
    }
}

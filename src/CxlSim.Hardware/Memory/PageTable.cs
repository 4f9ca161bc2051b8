using System.Numerics;

namespace CxlSim.Hardware;

/// <summary>Which pages are there: from page numbers to indices, by open addressing. A page costs 32 to 64 bytes here.</summary>
internal sealed class PageTable
{
    private const int FirstLength = 16;

    /// <summary>2^64 divided by the golden ratio: spreads neighbours over the whole table.</summary>
    private const ulong Spread = 0x9e37_79b9_7f4a_7c15;

    private Entry[] _entries = new Entry[FirstLength];
    private int _shift = 64 - BitOperations.Log2(FirstLength);

    public int Count { get; private set; }

    public IEnumerable<ulong> Pages => _entries.Where(entry => entry.PageAndOne != 0).Select(entry => entry.PageAndOne - 1);

    /// <summary>The index of a page; -1 where it is not there.</summary>
    public int Find(ulong page)
    {
        unchecked
        {
            Entry[] entries = _entries;
            for (uint slot = (uint)((page * Spread) >> _shift); ; slot++)
            {
                ref readonly Entry entry = ref entries[slot & (uint)(entries.Length - 1)];
                if (entry.PageAndOne == page + 1)
                {
                    return entry.Index;
                }

                if (entry.PageAndOne == 0)
                {
                    return -1;
                }
            }
        }
    }

    /// <summary>A page that is not there yet; its index is the number of those before.</summary>
    public int Add(ulong page)
    {
        if (Count >= _entries.Length / 2)
        {
            Grow();
        }

        Place(new Entry(page + 1, Count));
        return Count++;
    }

    public void Clear()
    {
        _entries = new Entry[FirstLength];
        _shift = 64 - BitOperations.Log2(FirstLength);
        Count = 0;
    }

    private void Grow()
    {
        Entry[] old = _entries;
        _entries = new Entry[old.Length * 2];
        _shift--;
        foreach (Entry entry in old)
        {
            if (entry.PageAndOne != 0)
            {
                Place(entry);
            }
        }
    }

    private void Place(Entry entry)
    {
        unchecked
        {
            uint mask = (uint)(_entries.Length - 1);
            uint slot = (uint)(((entry.PageAndOne - 1) * Spread) >> _shift);
            while (_entries[slot & mask].PageAndOne != 0)
            {
                slot++;
            }

            _entries[slot & mask] = entry;
        }
    }

    private readonly record struct Entry(ulong PageAndOne, int Index);
}

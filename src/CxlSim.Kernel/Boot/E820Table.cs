using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>The x86 memory map (<c>arch/x86/kernel/e820.c</c>): entries sorted by address, not overlapping.</summary>
public sealed class E820Table
{
    /// <summary>max_arch_pfn of four-level page tables with 46 bits: memory above is not used.</summary>
    private const ulong MaxArchAddress = 1UL << 46;

    private readonly List<E820Entry> _entries = [];

    public IReadOnlyList<E820Entry> Entries => _entries;

    /// <summary>The end of the highest entry that counts as memory; Soft Reserved and CXL windows do not (fact: <c>e820_end_pfn</c>).</summary>
    public Hpa MaxAddress
    {
        get
        {
            Hpa end = Hpa.Zero;
            foreach (E820Entry entry in _entries.Where(entry => entry.Type is E820Type.Ram or E820Type.Acpi))
            {
                ulong entryEnd = Math.Min(MaxArchAddress - 1, entry.Range.Last.Value) + 1;
                end = entry.Range.Start.Value < entryEnd && entryEnd > end.Value ? new Hpa(entryEnd) : end;
            }

            return end;
        }
    }

    /// <summary>Adds a range; neighbours of one type become one entry. What overlaps is overwritten where the new type is the larger number.</summary>
    public void Add(AddressRange range, E820Type type)
    {
        List<AddressRange> pieces = [range];
        foreach (E820Entry old in _entries.Where(entry => entry.Range.Overlaps(range)).ToArray())
        {
            if (old.Type > type)
            {
                pieces = [.. pieces.SelectMany(piece => Without(piece, old.Range))];
            }
            else
            {
                Cut(old, range);
            }
        }

        _entries.AddRange(pieces.Select(piece => new E820Entry(piece, type)));
        Sanitize();
    }

    /// <summary>Takes a range out, whatever it is, or only where it is of one type.</summary>
    public void Remove(AddressRange range, E820Type? only = null)
    {
        foreach (E820Entry old in _entries.Where(entry => entry.Range.Overlaps(range) && (only is null || entry.Type == only)).ToArray())
        {
            Cut(old, range);
        }

        Sanitize();
    }

    public void Clear() => _entries.Clear();

    /// <summary>Gives a range of one type another.</summary>
    public void Retype(AddressRange range, E820Type from, E820Type to)
    {
        foreach (E820Entry old in _entries.Where(entry => entry.Range.Overlaps(range) && entry.Type == from).ToArray())
        {
            Hpa start = old.Range.Start > range.Start ? old.Range.Start : range.Start;
            Hpa last = old.Range.Last < range.Last ? old.Range.Last : range.Last;
            Cut(old, range);
            _entries.Add(new E820Entry(AddressRange.FromBounds(start, last), to));
        }

        Sanitize();
    }

    private void Cut(E820Entry entry, AddressRange range)
    {
        _entries.Remove(entry);
        _entries.AddRange(Without(entry.Range, range).Select(piece => entry with { Range = piece }));
    }

    private static IEnumerable<AddressRange> Without(AddressRange range, AddressRange hole)
    {
        if (!range.Overlaps(hole))
        {
            yield return range;
            yield break;
        }

        if (range.Start < hole.Start)
        {
            yield return AddressRange.FromBounds(range.Start, new Hpa(hole.Start.Value - 1));
        }

        if (range.Last > hole.Last)
        {
            yield return AddressRange.FromBounds(new Hpa(hole.Last.Value + 1), range.Last);
        }
    }

    /// <summary>Sorts and joins; Soft Reserved entries never join, so that each keeps its own range.</summary>
    private void Sanitize()
    {
        _entries.Sort((a, b) => a.Range.Start.CompareTo(b.Range.Start));
        for (int i = _entries.Count - 1; i > 0; i--)
        {
            E820Entry low = _entries[i - 1];
            E820Entry high = _entries[i];
            if (low.Type == high.Type && low.Type != E820Type.SoftReserved && low.Range.Last.Value + 1 == high.Range.Start.Value)
            {
                _entries[i - 1] = low with { Range = AddressRange.FromBounds(low.Range.Start, high.Range.Last) };
                _entries.RemoveAt(i);
            }
        }
    }
}

using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>The x86 memory map (<c>arch/x86/kernel/e820.c</c>): entries sorted by address, not overlapping.</summary>
/// <param name="log">Takes what is said of it.</param>
/// <param name="config">The kernel.</param>
/// <param name="lastMapped">Memory above is not used (max_arch_pfn).</param>
public sealed class E820Table(KernelLog log, KernelConfig config, Hpa lastMapped)
{
    /// <summary>E820_MAX_ENTRIES: 128 of the old interface, and three for each node that could be.</summary>
    public const int Capacity = 128 + (3 * KernelConfig.MaxNodes);

    private List<E820Entry> _entries = [];

    public IReadOnlyList<E820Entry> Entries => _entries;

    /// <summary>The memory map as it was handed over, before the kernel changes it (<c>e820_table_kexec</c>).</summary>
    public IReadOnlyList<E820Entry> FirmwareMap { get; internal set; } = [];

    /// <summary>The end of the highest entry that counts as memory; Soft Reserved and CXL windows do not (fact: <c>e820_end_pfn</c>).</summary>
    public Hpa MaxAddress
    {
        get
        {
            Hpa end = Hpa.Zero;
            foreach (E820Entry entry in _entries.Where(entry => entry.Type is E820Type.Ram or E820Type.Acpi))
            {
                ulong entryEnd = Math.Min(lastMapped.Value, entry.Range.Last.Value) + 1;
                end = entry.Range.Start.Value < entryEnd && entryEnd > end.Value ? new Hpa(entryEnd) : end;
            }

            return end;
        }
    }

    /// <summary>Adds ranges. Where they overlap what is there, the larger type number counts.</summary>
    public void Add(IEnumerable<(AddressRange Range, E820Type Type)> ranges)
    {
        foreach ((AddressRange range, E820Type type) in ranges)
        {
            if (_entries.Count == Capacity)
            {
                log.Error($"e820: the table is full; {MemFormat.Of(range)} is ignored");
            }
            else
            {
                _entries.Add(new E820Entry(range, type));
            }
        }

        Sanitize();
    }

    public void Add(AddressRange range, E820Type type) => Add([(range, type)]);

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

    internal void LogUpdate(AddressRange range, E820Type from, E820Type to) => log.Debug($"e820: update {MemFormat.Of(range)} {NameOf(from)} ==> {NameOf(to)}");

    internal void LogRemoval(AddressRange range, E820Type? only) =>
        log.Debug($"e820: remove {MemFormat.Of(range)} {(only is { } type ? NameOf(type) : string.Empty)}".TrimEnd());

    private string NameOf(E820Type type) => E820Entry.LogName(type, config.Has(KernelChange.MapPrintedWithGaps));

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

    /// <summary>Sorts, lets the largest type count and joins neighbours of one type; soft-reserved and legacy persistent ranges begin anew at every edge (<c>e820__update_table</c>).</summary>
    private void Sanitize()
    {
        if (_entries.Count < 2)
        {
            return;
        }

        SortedSet<ulong> starts = [];
        foreach (AddressRange range in _entries.Select(entry => entry.Range))
        {
            starts.Add(range.Start.Value);
            starts.Add(Math.Min(range.Last.Value, ulong.MaxValue - 1) + 1);
        }

        ulong[] edges = [.. starts];
        List<E820Entry> sorted = [.. _entries.OrderBy(entry => entry.Range.Start)];
        PriorityQueue<E820Entry, long> open = new();
        List<E820Entry> result = [];
        int next = 0;
        for (int i = 0; i < edges.Length; i++)
        {
            while (next < sorted.Count && sorted[next].Range.Start.Value <= edges[i])
            {
                open.Enqueue(sorted[next], -(long)sorted[next].Type);
                next++;
            }

            // What lies below a longer entry of a larger type is looked at again when that one has ended.
            while (open.TryPeek(out E820Entry? ended, out _) && ended.Range.Last.Value < edges[i])
            {
                open.Dequeue();
            }

            if (open.TryPeek(out E820Entry? top, out _))
            {
                ulong last = i + 1 < edges.Length ? edges[i + 1] - 1 : top.Range.Last.Value;
                Append(result, new E820Entry(AddressRange.FromBounds(new Hpa(edges[i]), new Hpa(last)), top.Type));
            }
        }

        _entries = result;
    }

    private static void Append(List<E820Entry> result, E820Entry entry)
    {
        bool joins = result.Count > 0 && result[^1].Type == entry.Type && result[^1].Range.Last.Value + 1 == entry.Range.Start.Value
            && entry.Type is not (E820Type.SoftReserved or E820Type.Pram);
        if (joins)
        {
            result[^1] = entry with { Range = AddressRange.FromBounds(result[^1].Range.Start, entry.Range.Last) };
        }
        else
        {
            result.Add(entry);
        }
    }
}

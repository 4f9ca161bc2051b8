using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>Cuts the ranges of real nodes into those of emulated ones, taking turns among the real nodes (<c>mm/numa_emulation.c</c>).</summary>
internal sealed class NumaSplit
{
    /// <summary>Sizes of nodes are multiples of it.</summary>
    private static readonly ulong Unit = ByteSize.MiB(32).Bytes;

    /// <summary>No node ends so close below that the next would have less than a unit up to here.</summary>
    private const ulong Dma32End = 1UL << 32;

    private readonly KernelLog _log;
    private readonly List<NumaMemblk> _left;
    private readonly SortedSet<int> _real;
    private readonly IReadOnlyList<AddressRange> _ram;
    private int _next;

    /// <param name="log">Says what is made.</param>
    /// <param name="real">Ranges to cut.</param>
    /// <param name="nodes">Real nodes, with or without ranges.</param>
    /// <param name="ram">What is no hole.</param>
    public NumaSplit(KernelLog log, List<NumaMemblk> real, IEnumerable<int> nodes, IReadOnlyList<AddressRange> ram)
    {
        _log = log;
        _left = real;
        _real = [.. nodes];
        _ram = ram;
    }

    public List<NumaMemblk> Emulated { get; } = [];

    /// <summary>The real node of an emulated one's first range.</summary>
    public SortedDictionary<int, int> RealNodes { get; } = [];

    /// <summary>As many nodes as asked for, or fewer where a real node has no room for another (<c>split_nodes_interleave</c>).</summary>
    public bool ByNumber(ulong end, ulong number)
    {
        int count = unchecked((int)number);
        if (count <= 0)
        {
            return false;
        }

        if (count > KernelConfig.MaxNodes)
        {
            _log.Info($"NUMA: {count} emulated nodes are too many: {KernelConfig.MaxNodes} are made");
            count = KernelConfig.MaxNodes;
        }

        ulong size = Pages((end - HoleSize(0, end)) / ByteSize.Page.Bytes / (ulong)count);
        int big = unchecked((int)(size % Unit * (ulong)count / Unit)); // so many get a unit more, and nothing is left over
        size = size / Unit * Unit;
        if (size == 0)
        {
            _log.Error("NUMA: there is too little memory for so many nodes: nothing is emulated");
            return false;
        }

        return Fill(_real, block =>
        {
            ulong last = unchecked(block.Range.Start.Value + size + (_next < big ? Unit : 0));
            last = Grow(block, last, size);
            return ToEnd(block, last, size);
        }, count);
    }

    /// <summary>As many nodes of a size, without holes, as there is memory for (<c>split_nodes_size_interleave</c>).</summary>
    public bool BySize(ulong end, ulong size)
    {
        if (size == 0)
        {
            return false;
        }

        size = Legal(size, Pages((end - HoleSize(0, end)) / ByteSize.Page.Bytes / KernelConfig.MaxNodes));
        return Fill(_real, block => ToEnd(block, Grow(block, unchecked(block.Range.Start.Value + size), size), size), KernelConfig.MaxNodes);
    }

    /// <summary>Cuts the real node whose range is next into a number of nodes of one size, holes and all; how many nodes there are then, null where there can be none (<c>split_nodes_size_interleave_uniform</c>).</summary>
    public int? EachInto(ulong number)
    {
        int count = unchecked((int)number);
        if (count <= 0)
        {
            return null;
        }

        (int node, ulong bytes) = _left.Count == 0 ? (0, 0) : (_left[0].Node, _left[0].Range.Size.Bytes);
        ulong size = Pages(bytes / ByteSize.Page.Bytes / (ulong)count);
        size = Legal(size, size);
        return Fill([node], block => ToDma32End(unchecked(block.Range.Start.Value + size)), KernelConfig.MaxNodes) ? _next : null;
    }

    private static ulong Pages(ulong count) => count * ByteSize.Page.Bytes;

    /// <summary>In units, and not less than <paramref name="least"/>.</summary>
    private ulong Legal(ulong size, ulong least)
    {
        least = (Math.Max(least, Unit) + Unit - 1) / Unit * Unit;
        if (size < least)
        {
            _log.Error($"NUMA: emulated nodes of {size >> 20} MiB are too small: {least >> 20} MiB are taken");
            size = least;
        }

        return size / Unit * Unit;
    }

    /// <summary>In turn each node gives a piece, until none has anything left.</summary>
    /// <param name="nodes">Real nodes.</param>
    /// <param name="endOf">Where the next piece of a range ends; behind the range for all of it.</param>
    /// <param name="count">After so many the numbers of emulated nodes begin anew.</param>
    private bool Fill(IEnumerable<int> nodes, Func<NumaMemblk, ulong> endOf, int count)
    {
        SortedSet<int> left = [.. nodes];
        while (left.Count > 0)
        {
            foreach (int node in left.ToArray())
            {
                int index = _left.FindIndex(block => block.Node == node);
                if (index < 0)
                {
                    left.Remove(node);
                }
                else if (!TryCut(index, endOf(_left[index]), _next++ % count))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private bool TryCut(int index, ulong end, int node)
    {
        if (Emulated.Count >= NumaMemblks.Capacity)
        {
            _log.Error("NUMA: too many emulated ranges: nothing is emulated");
            return false;
        }

        NumaMemblk block = _left[index];
        bool isAll = end <= block.Range.Start.Value || end > block.Range.Last.Value; // an end that wrapped around is behind everything
        AddressRange piece = isAll ? block.Range : AddressRange.FromBounds(block.Range.Start, new Hpa(end - 1));
        Emulated.Add(new NumaMemblk(piece, node));
        RealNodes.TryAdd(node, block.Node);
        _log.Info($"NUMA: node {node} is emulated: {MemFormat.Of(piece)} ({piece.Size.Bytes >> 20} MiB)");
        if (isAll)
        {
            _left.RemoveAt(index);
        }
        else
        {
            _left[index] = block with { Range = AddressRange.FromBounds(new Hpa(end), block.Range.Last) };
        }

        return true;
    }

    /// <summary>Until so much of it is RAM, or the range is over.</summary>
    private ulong Grow(NumaMemblk block, ulong end, ulong size)
    {
        ulong start = block.Range.Start.Value;
        ulong limit = EndOf(block);
        while (unchecked(end - start - HoleSize(start, end)) < size)
        {
            end = unchecked(end + Unit);
            if (end > limit)
            {
                return limit;
            }
        }

        return end;
    }

    /// <summary>The whole range where the next node would have too little of it.</summary>
    private ulong ToEnd(NumaMemblk block, ulong end, ulong size)
    {
        end = ToDma32End(end);
        ulong limit = EndOf(block);
        return unchecked(limit - end - HoleSize(end, limit)) < size ? limit : end;
    }

    private ulong ToDma32End(ulong end) => end < Dma32End && Dma32End - end - HoleSize(end, Dma32End) < Unit ? Dma32End : end;

    private static ulong EndOf(NumaMemblk block) => block.Range.Last.Value + 1;

    /// <summary>Bytes that are no RAM, in whole pages.</summary>
    private ulong HoleSize(ulong start, ulong end)
    {
        if (start >= end)
        {
            return 0;
        }

        AddressRange wanted = AddressRange.FromBounds(new Hpa(start), new Hpa(end - 1));
        return _ram.Where(wanted.Overlaps).Aggregate(end - start, (hole, range) =>
            hole - (Math.Min(end - 1, range.Last.Value) - Math.Max(start, range.Start.Value) + 1));
    }
}

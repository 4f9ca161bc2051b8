using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>Which addresses belong to which node: what firmware's tables say, held against the boot RAM (<c>mm/numa_memblks.c</c>).</summary>
public sealed class NumaMemblks(KernelLog log)
{
    /// <summary>NR_NODE_MEMBLKS: two for each node that could be.</summary>
    public const int Capacity = 2 * KernelConfig.MaxNodes;

    /// <summary>So much RAM without a node, and the tables do not count.</summary>
    private static readonly ByteSize TooMuchUncovered = ByteSize.MiB(1);

    private List<NumaMemblk> _memory = [];
    private List<NumaMemblk> _reserved = [];
    private bool _isCleanedUp;

    /// <summary>Ranges with boot RAM, in the order in which they were met; before <see cref="TryCleanUp"/> all that were added (numa_meminfo).</summary>
    public IReadOnlyList<NumaMemblk> Memory => _memory;

    /// <summary>Ranges without boot RAM, which may be hot-added (numa_reserved_meminfo).</summary>
    public IReadOnlyList<NumaMemblk> Reserved => _reserved;

    /// <summary>RAM that two nodes claim, where that was found.</summary>
    public AddressRange? Conflict { get; private set; }

    /// <summary>
    /// Tables that contradict themselves count for nothing; but what was set aside until that was found stays, although its nodes go (<c>numa_init</c>; seen on Linux 6.12.107).
    /// </summary>
    public void Reset()
    {
        _memory = [];
        _reserved = _isCleanedUp ? _reserved : [];
    }

    /// <summary>Puts a range on the list of memory. False only where the list is full: a range that makes no sense is passed over (<c>numa_add_memblk</c>).</summary>
    public bool TryAdd(int node, ulong start, ulong length) => TryAdd(_memory, node, start, length);

    /// <summary>Puts a range on the list of what may come later (<c>numa_add_reserved_memblk</c>).</summary>
    public bool TryAddReserved(int node, ulong start, ulong length) => TryAdd(_reserved, node, start, length);

    /// <summary>Where blocks cover part of a window, they take its gaps: each goes to the block behind it, the tail to the last (<c>numa_fill_memblks</c>).</summary>
    /// <returns>False where no block touches the window.</returns>
    public bool TryFill(AddressRange window)
    {
        int[] touching = [.. Enumerable.Range(0, _memory.Count).Where(i => _memory[i].Range.Overlaps(window)).OrderBy(i => _memory[i].Range.Start)];
        if (touching.Length == 0)
        {
            return false;
        }

        Extend(touching[0], window.Start, _memory[touching[0]].Range.Last);
        Extend(touching[^1], _memory[touching[^1]].Range.Start, window.Last);
        Hpa covered = _memory[touching[0]].Range.Last;
        foreach (int index in touching.Skip(1))
        {
            NumaMemblk block = _memory[index];
            if (covered < block.Range.Start)
            {
                Extend(index, new Hpa(covered.Value + 1), block.Range.Last);
            }

            covered = Max(covered, block.Range.Last);
        }

        return true;
    }

    /// <summary>Sorts out what has no RAM, cuts the rest to where RAM is and joins what belongs together (<c>numa_cleanup_meminfo</c>).</summary>
    /// <returns>False where two nodes claim the same RAM.</returns>
    public bool TryCleanUp(IReadOnlyList<AddressRange> ram)
    {
        _isCleanedUp = true;
        if (ram.Count == 0)
        {
            _reserved.AddRange(_memory);
            _memory = [];
            return true;
        }

        Clip(ram);
        for (int i = 0; i < _memory.Count; i++)
        {
            for (int j = i + 1; j < _memory.Count; j++)
            {
                if (_memory[i].Range.Overlaps(_memory[j].Range))
                {
                    if (_memory[i].Node != _memory[j].Node)
                    {
                        log.Error($"NUMA: {_memory[i]} overlaps with {_memory[j]}");
                        Conflict = AddressRange.FromBounds(Max(_memory[i].Range.Start, _memory[j].Range.Start), Min(_memory[i].Range.Last, _memory[j].Range.Last));
                        return false;
                    }

                    log.Warning($"NUMA: {_memory[i]} overlaps with itself: {MemFormat.Of(_memory[j].Range)}");
                }

                j -= TryJoin(i, j) ? 1 : 0;
            }
        }

        return true;
    }

    /// <summary>Whether RAM has nodes, but for less than a mebibyte (<c>memblock_validate_numa_coverage</c>).</summary>
    public bool CoversMemory(IReadOnlyList<AddressRange> ram)
    {
        ulong uncovered = ram.Aggregate(0UL, (sum, range) => sum + Uncovered(range));
        if (uncovered >= TooMuchUncovered.Bytes)
        {
            ulong total = ram.Aggregate(0UL, (sum, range) => sum + range.Size.Bytes);
            log.Error($"NUMA: {uncovered >> 20}MB of {total >> 20}MB RAM belong to no node");
            return false;
        }

        return true;
    }

    /// <summary>The first range of RAM that no node has, or not all of it.</summary>
    public AddressRange Uncovered(IReadOnlyList<AddressRange> ram) => ram.First(range => Uncovered(range) > 0);

    /// <summary>The node of an address, of boot RAM before of what may come later; <see cref="Numa.NoNode"/> where no table names it (<c>phys_to_target_node</c>).</summary>
    public int TargetNode(Hpa address)
    {
        foreach (NumaMemblk block in _memory.Concat(_reserved))
        {
            if (block.Range.Contains(address))
            {
                return block.Node;
            }
        }

        return Numa.NoNode;
    }

    private bool TryAdd(List<NumaMemblk> list, int node, ulong start, ulong length)
    {
        if (length == 0)
        {
            return true;
        }

        if (length > ulong.MaxValue - start)
        {
            log.Warning($"NUMA: node {node} has a range that wraps around: 0x{start:x} and 0x{length:x} bytes; ignored");
            return true;
        }

        if (list.Count >= Capacity)
        {
            log.Error("NUMA: too many ranges");
            return false;
        }

        list.Add(new NumaMemblk(AddressRange.Of(new Hpa(start), new ByteSize(length)), node));
        return true;
    }

    private void Extend(int index, Hpa start, Hpa last)
    {
        NumaMemblk block = _memory[index];
        Hpa end = new(Math.Min(Max(last, block.Range.Last).Value, ulong.MaxValue - 1)); // two that are all of the address space are a byte less
        _memory[index] = block with { Range = AddressRange.FromBounds(Min(start, block.Range.Start), end) };
    }

    private void Clip(IReadOnlyList<AddressRange> ram)
    {
        Hpa first = ram.Min(range => range.Start);
        Hpa last = ram.Max(range => range.Last);
        List<NumaMemblk> kept = [];
        foreach (NumaMemblk block in _memory)
        {
            if (!ram.Any(block.Range.Overlaps))
            {
                _reserved.Add(block);
                continue;
            }

            if (block.Range.Last > last)
            {
                _reserved.Add(block with { Range = AddressRange.FromBounds(new Hpa(last.Value + 1), block.Range.Last) });
            }

            kept.Add(block with { Range = AddressRange.FromBounds(Max(first, block.Range.Start), Min(last, block.Range.Last)) });
        }

        _memory = kept;
    }

    /// <summary>Ranges of one node become one, unless something of another node lies between them.</summary>
    private bool TryJoin(int i, int j)
    {
        (NumaMemblk one, NumaMemblk other) = (_memory[i], _memory[j]);
        AddressRange whole = AddressRange.FromBounds(Min(one.Range.Start, other.Range.Start), Max(one.Range.Last, other.Range.Last));
        if (one.Node != other.Node || _memory.Exists(third => third.Node != one.Node && third.Range.Overlaps(whole)))
        {
            return false;
        }

        log.Info($"NUMA: Node {one.Node} {MemFormat.Of(one.Range)} + {MemFormat.Of(other.Range)} -> {MemFormat.Of(whole)}");
        _memory[i] = one with { Range = whole };
        _memory.RemoveAt(j);
        return true;
    }

    private ulong Uncovered(AddressRange ram)
    {
        ulong left = ram.Size.Bytes;
        ulong next = ram.Start.Value;
        foreach (NumaMemblk block in _memory.OrderBy(block => block.Range.Start))
        {
            ulong start = Math.Max(next, block.Range.Start.Value);
            ulong last = Math.Min(ram.Last.Value, block.Range.Last.Value);
            if (start <= last)
            {
                left -= last - start + 1;
                next = last == ulong.MaxValue ? last : last + 1;
            }
        }

        return left;
    }

    private static Hpa Min(Hpa a, Hpa b) => a < b ? a : b;

    private static Hpa Max(Hpa a, Hpa b) => a > b ? a : b;
}

using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>Finds room for CMA areas in boot RAM that nobody has taken (<c>cma_declare_contiguous_nid</c> in <c>mm/cma.c</c>).</summary>
public sealed class CmaReservations(KernelCore core, E820Table e820, Numa numa)
{
    /// <summary>CONFIG_CMA_AREAS of a kernel with NUMA.</summary>
    private const int MostAreas = 20;

    /// <summary>CMA_MIN_ALIGNMENT_BYTES: a page block of x86-64.</summary>
    public static readonly ByteSize LeastAlignment = ByteSize.MiB(2);

    private static readonly Hpa FourGiB = new(ByteSize.GiB(4).Bytes);

    /// <summary>The trampoline and other things of the first mebibyte are always taken.</summary>
    private static readonly AddressRange Low = AddressRange.Of(Hpa.Zero, ByteSize.MiB(1));

    private readonly List<CmaArea> _areas = [];

    public IReadOnlyList<CmaArea> Areas => _areas;

    /// <summary>Sets an area aside on one node.</summary>
    public Errno Reserve(string name, ulong size, int node, ByteSize alignment) => Reserve(name, new CmaRequest(size, 0, 0, false), node, alignment);

    /// <summary>Sets an area aside.</summary>
    /// <param name="name">Of the area.</param>
    /// <param name="request">How large, and where.</param>
    /// <param name="node">Where it must lie; <see cref="Numa.NoNode"/> for anywhere.</param>
    /// <param name="alignment">At least <see cref="LeastAlignment"/>.</param>
    public Errno Reserve(string name, CmaRequest request, int node, ByteSize alignment)
    {
        Errno error = TryReserve(name, request, node, alignment);
        if (error != Errno.Ok)
        {
            core.Log.Error($"cma: no {request.Size >> 20} MiB for {name}{(node == Numa.NoNode ? string.Empty : $" on node {node}")}");
        }

        return error;
    }

    private Errno TryReserve(string name, CmaRequest request, int node, ByteSize alignment)
    {
        if (_areas.Count == MostAreas)
        {
            return Errno.ENOSPC;
        }

        ulong end = numa.Memblks.Memory.Count == 0 ? 0 : e820.Entries.Where(entry => entry.Type == E820Type.Ram).Max(entry => entry.Range.Last.Value) + 1;
        ulong unit = Math.Max(alignment.Bytes, LeastAlignment.Bytes);
        if (request.Size == 0 || request.Size > end || request.Base > end || (request.IsFixed && request.Base % unit != 0))
        {
            return Errno.EINVAL;
        }

        ulong start = RoundUp(request.Base, unit);
        ulong size = RoundUp(request.Size, unit);
        ulong limit = request.Limit == 0 ? end : Math.Min(end, request.Limit / unit * unit);
        if (start + size > limit)
        {
            return Errno.EINVAL;
        }

        if (request.IsFixed && start != 0)
        {
            AddressRange fixedRange = AddressRange.Of(new Hpa(start), new ByteSize(size));
            if (!Free(Numa.NoNode).Any(range => range.Contains(fixedRange)))
            {
                return Errno.EBUSY;
            }

            Add(name, fixedRange);
            return Errno.Ok;
        }

        // Memory below 4 GiB is left to those that can use no other, where there is enough above.
        ulong? found = end >= FourGiB.Value + size ? Lowest(node, size, unit, Math.Max(start, FourGiB.Value), limit) : null;
        found ??= Highest(node, size, unit, start, limit);
        if (found is not { } address)
        {
            return Errno.ENOMEM;
        }

        Add(name, AddressRange.Of(new Hpa(address), new ByteSize(size)));
        return Errno.Ok;
    }

    private void Add(string name, AddressRange range)
    {
        CmaArea area = new(name, range, numa.TargetNode(range.Start));
        _areas.Add(area);
        core.Log.Info($"cma: {range.Size.Bytes >> 20} MiB at {range.Start} on node {area.Node} set aside for {name}");
    }

    private ulong? Lowest(int node, ulong size, ulong unit, ulong start, ulong limit)
    {
        foreach (AddressRange range in Free(node))
        {
            ulong first = RoundUp(Math.Max(range.Start.Value, start), unit);
            if (first + size <= Math.Min(limit, range.Last.Value + 1))
            {
                return first;
            }
        }

        return null;
    }

    private ulong? Highest(int node, ulong size, ulong unit, ulong start, ulong limit)
    {
        foreach (AddressRange range in Free(node).Reverse())
        {
            ulong end = Math.Min(limit, range.Last.Value + 1);
            ulong first = end >= size ? (end - size) / unit * unit : 0;
            if (end >= size && first >= Math.Max(range.Start.Value, start))
            {
                return first;
            }
        }

        return null;
    }

    /// <summary>RAM of a node, or of all, without what is taken; ascending.</summary>
    private IEnumerable<AddressRange> Free(int node)
    {
        AddressRange[] taken = [Low, .. core.Handoff.KernelImage.Select(part => part.Range), .. _areas.Select(area => area.Range)];
        foreach (E820Entry entry in e820.Entries.Where(entry => entry.Type == E820Type.Ram))
        {
            foreach (NumaMemblk block in numa.Memblks.Memory.Where(block => (node == Numa.NoNode || block.Node == node) && block.Range.Overlaps(entry.Range)).OrderBy(block => block.Range.Start))
            {
                ulong next = Math.Max(block.Range.Start.Value, entry.Range.Start.Value);
                ulong last = Math.Min(block.Range.Last.Value, entry.Range.Last.Value);
                foreach (AddressRange hole in taken.OrderBy(range => range.Start).Where(hole => hole.Last.Value >= next && hole.Start.Value <= last))
                {
                    if (hole.Start.Value > next)
                    {
                        yield return AddressRange.FromBounds(new Hpa(next), new Hpa(hole.Start.Value - 1));
                    }

                    next = Math.Max(next, hole.Last.Value + 1);
                }

                if (next <= last)
                {
                    yield return AddressRange.FromBounds(new Hpa(next), new Hpa(last));
                }
            }
        }
    }

    private static ulong RoundUp(ulong value, ulong unit) => (value + unit - 1) / unit * unit;
}

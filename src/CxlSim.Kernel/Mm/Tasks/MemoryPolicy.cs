using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>Which nodes serve a task's memory (<c>mm/mempolicy.c</c>).</summary>
/// <param name="Mode">How nodes are chosen.</param>
/// <param name="Nodes">The nodes that it names; empty for <see cref="PolicyMode.Default"/>.</param>
/// <param name="CpuNode">The node of the CPU that the task runs on.</param>
public sealed record MemoryPolicy(PolicyMode Mode, IReadOnlyList<int> Nodes, int CpuNode)
{
    /// <summary>Interleaving takes turns in slices of at least this many pages: by how much two nodes may differ in the end.</summary>
    private const ulong LeastSlice = 512;

    /// <summary>Into how many rounds an interleaved allocation is divided at most.</summary>
    private const ulong MostRounds = 1024;

    /// <summary>Whether one of the named nodes has memory; a task that names none may use any.</summary>
    public bool HasMemory(Numa numa) => Mode == PolicyMode.Default || NodesWithMemory(numa).Any();

    /// <summary>Takes pages for a holding as a task with this policy gets them.</summary>
    /// <returns>ENOMEM where too few pages were free, and then the holding has what there was.</returns>
    public Errno Allocate(PageAllocator allocator, WeightedInterleave weighted, PageHolding holding, PageUse use, ulong pages)
    {
        int[] nodes = [.. NodesWithMemory(allocator.Numa)];
        if (Mode is PolicyMode.Interleave or PolicyMode.WeightedInterleave)
        {
            return Interleave(allocator, weighted, holding, use, nodes, pages);
        }

        ulong got = 0;
        foreach (PageRequest request in Requests(allocator.Numa, use, nodes))
        {
            got += Take(allocator, holding, request, pages - got);
        }

        return got == pages ? Errno.Ok : Errno.ENOMEM;
    }

    /// <summary>Nodes in the order in which they are asked for a huge page of the pool (<c>dequeue_hugetlb_folio_vma</c>).</summary>
    public IEnumerable<int> Order(Numa numa) => Mode switch
    {
        PolicyMode.Default => numa.Order.ListOf(CpuNode),
        PolicyMode.Preferred => numa.Order.ListOf(Nodes.Order().First()),
        PolicyMode.PreferredMany => Nodes.Order().Union(numa.Order.ListOf(CpuNode)),
        PolicyMode.Bind => numa.Order.ListOf(CpuNode).Where(Nodes.Contains),
        _ => Nodes.Distinct().Order(),
    };

    private IEnumerable<int> NodesWithMemory(Numa numa) => Nodes.Distinct().Order().Where(id => numa.IsPossible(id) && numa.Node(id).HasMemory);

    /// <summary>What is asked for, one after the other, until there are enough pages.</summary>
    private IEnumerable<PageRequest> Requests(Numa numa, PageUse use, int[] nodes)
    {
        PageRequest any = new(use, CpuNode);
        switch (Mode)
        {
            case PolicyMode.Preferred:
                yield return any with { Node = nodes[0] };
                break;
            case PolicyMode.PreferredMany:
                yield return any with { Nodes = nodes, OnlyEasily = true };
                yield return any;
                break;
            case PolicyMode.Bind:
                // Where no node named has memory for the kernel, its own requests are not bound (apply_policy_zone).
                yield return use.IsMovable() || nodes.Any(id => numa.Node(id).HasNormalMemory) ? any with { Nodes = nodes } : any;
                break;
            default:
                yield return any;
                break;
        }
    }

    /// <summary>Slices in proportion to the weights, until all is there or no node has anything left.</summary>
    private Errno Interleave(PageAllocator allocator, WeightedInterleave weighted, PageHolding holding, PageUse use, int[] nodes, ulong pages)
    {
        ulong[] weights = [.. nodes.Select(id => Mode == PolicyMode.WeightedInterleave ? weighted.WeightOf(id) : 1)];
        ulong cycle = weights.Aggregate(0UL, (sum, weight) => sum + weight);
        ulong perWeight = Math.Max(LeastSlice, pages / MostRounds / cycle / LeastSlice * LeastSlice);
        for (ulong left = pages; left > 0;)
        {
            // The last round is shared out page by page, as all others would be.
            ulong share = left >= perWeight * cycle ? perWeight : left / cycle;
            ulong rest = left >= perWeight * cycle ? 0 : left % cycle;
            for (int i = 0; i < nodes.Length; i++)
            {
                ulong extra = Math.Min(rest, weights[i]);
                ulong wanted = (share * weights[i]) + extra;
                rest -= extra;
                PageRequest request = new(use, nodes[i]) { CpuNode = CpuNode, Interleaves = Mode == PolicyMode.Interleave };
                if (Take(allocator, holding, request, wanted) < wanted)
                {
                    return Errno.ENOMEM;
                }

                left -= wanted;
            }
        }

        return Errno.Ok;
    }

    /// <summary>A transparent huge page comes without effort, and as a rule only from the first node: else small ones do (<c>alloc_pages_mpol</c>).</summary>
    private ulong Take(PageAllocator allocator, PageHolding holding, PageRequest request, ulong pages)
    {
        if (request.Use != PageUse.TransparentHuge)
        {
            return allocator.Allocate(holding, request, pages);
        }

        bool isLocal = Mode is PolicyMode.Default or PolicyMode.Preferred or PolicyMode.Bind && (request.Nodes?.Contains(request.Node) ?? true);
        ulong huge = allocator.Allocate(holding, request with { OnlyThisNode = isLocal, OnlyEasily = true }, pages >> request.Order) << request.Order;
        return huge + allocator.Allocate(holding, request with { Use = PageUse.Anonymous, Order = 0 }, pages - huge);
    }
}

namespace CxlSim.Kernel;

/// <summary>The pools of huge pages (<c>mm/hugetlb.c</c>). Those of 1 GiB cannot be moved, so they never come from Movable.</summary>
public sealed class HugePages
{
    private readonly KernelLog _log;
    private readonly Numa _numa;
    private readonly IReadOnlyDictionary<HugePagePool, string> _wanted;

    public HugePages(KernelCore core, PageAllocator pages)
    {
        _log = core.Log;
        _numa = pages.Numa;
        HugePagePool small = new(pages, PageUse.Huge2M, null);
        Pools = [new HugePagePool(pages, PageUse.Huge1G, small), small];
        HugePageWords words = HugePageWords.Read(core.CommandLine.Text, Pools, small, core.Log);
        Default = words.Default;
        _wanted = words.Wanted;
        foreach (HugePagePool pool in Pools)
        {
            core.Sysfs.Kernel.Directory("mm").Directory("hugepages").Attach(pool);
        }
    }

    public IReadOnlyList<HugePagePool> Pools { get; }

    /// <summary>The pool of the size that programs get where they do not name one.</summary>
    public HugePagePool Default { get; }

    public HugePagePool? Of(PageUse use) => Pools.FirstOrDefault(pool => pool.Use == use);

    /// <summary>Whether these are pages of a pool that nobody uses.</summary>
    public bool IsFree(PageHolding holding) => Pools.Any(pool => pool.Keeps(holding));

    /// <summary>Files of a node that is there from now on (<c>hugetlb_register_node</c>).</summary>
    internal void Register(NumaNode node)
    {
        if (node.HugePages is not null)
        {
            return; // it was there before
        }

        foreach (HugePagePool pool in Pools)
        {
            NodeHugePages files = new(pool, node);
            node.HugePages = pool == Default ? files : node.HugePages;
            node.Directory("hugepages").Attach(files);
        }
    }

    /// <summary>Free huge pages of memory that goes offline become small ones again, and belong to nobody (<c>dissolve_free_hugetlb_folios</c>).</summary>
    internal IEnumerable<PageRange> Dissolve(PageRange pages) => Pools.SelectMany(pool => pool.Dissolve(pages));

    /// <summary>From nodes that have memory at boot.</summary>
    internal void ReserveAtBoot()
    {
        int nodes = _numa.OnlineNodes.Count();
        foreach ((HugePagePool pool, string words) in _wanted)
        {
            BootHugePages wanted = BootHugePages.Parse(words, nodes);
            if (wanted.Wrong is { } wrong)
            {
                _log.Warning($"HugeTLB: Invalid hugepages parameter {wrong}");
            }

            foreach ((int id, ulong count) in wanted.OnNodes)
            {
                pool.Resize(count, _numa.Node(id));
            }

            if (wanted.OnNodes.Count == 0)
            {
                pool.Resize(wanted.Anywhere, null);
            }
        }
    }
}

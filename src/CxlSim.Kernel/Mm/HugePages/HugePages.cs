using System.Globalization;

namespace CxlSim.Kernel;

/// <summary>The pools of huge pages (<c>mm/hugetlb.c</c>). Those of 1 GiB cannot be moved, so they never come from Movable.</summary>
public sealed class HugePages
{
    private readonly CommandLine _commandLine;

    public HugePages(KernelCore core, PageAllocator pages)
    {
        _commandLine = core.CommandLine;
        Default = new HugePagePool(pages, PageUse.Huge2M, null);
        Pools = [new HugePagePool(pages, PageUse.Huge1G, Default), Default];
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
            node.HugePages = files; // the last is of the usual size
            node.Directory("hugepages").Attach(files);
        }
    }

    /// <summary>Free huge pages of memory that goes offline become small ones again, and belong to nobody (<c>dissolve_free_hugetlb_folios</c>).</summary>
    internal IEnumerable<PageRange> Dissolve(PageRange pages) => Pools.SelectMany(pool => pool.Dissolve(pages));

    /// <summary><c>hugepagesz=SIZE hugepages=COUNT</c>, as often as they are given: from nodes that have memory at boot.</summary>
    internal void ReserveAtBoot()
    {
        HugePagePool? pool = Default;
        foreach (string word in _commandLine.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = word.Split('=', 2);
            if (parts is ["hugepagesz" or "default_hugepagesz", var size])
            {
                ulong bytes = new NumberCursor(size).Size();
                pool = Pools.FirstOrDefault(candidate => 4096UL << candidate.Order == bytes);
            }
            else if (parts is ["hugepages", var count] && ulong.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out ulong wanted))
            {
                pool?.Resize(wanted, null);
            }
        }
    }
}

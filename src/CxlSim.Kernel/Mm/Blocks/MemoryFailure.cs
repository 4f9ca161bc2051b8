using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>Pages that are broken, or are said to be (<c>mm/memory-failure.c</c>).</summary>
public sealed class MemoryFailure(KernelCore core, MemoryHotplug memory, PageAllocator pages, HugePages hugePages)
{
    private readonly SortedSet<ulong> _broken = [];
    private ulong _onDevices;

    /// <summary>Something was done about a broken page: its number, what it is and what became of it.</summary>
    internal event Action<ulong, string, string>? Acted;

    /// <summary>Pages that were found broken and are part of the machine's memory, and every report of one of a device: HardwareCorrupted of /proc/meminfo.</summary>
    public ulong BrokenPages => (ulong)_broken.Count + _onDevices;

    /// <summary>The page is broken: nobody may have it again (<c>memory_failure</c>).</summary>
    /// <returns>ENXIO where no memory of the kernel is (from 7.2 on EBUSY where no struct page is), EHWPOISON where that was known, EBUSY for a page of the kernel itself, or of a dax device.</returns>
    public Errno HardOffline(Hpa address)
    {
        if (memory.DevicePages.NodeOf(address) is { } node)
        {
            return HardOfflineOfDevice(address, node);
        }

        (MemoryBlock Block, PageRange Page)? found = Find(address);
        if (found is null && core.Config.Has(KernelChange.PagesWithoutStruct))
        {
            LogAction(new PageRange(address.Value >> 12, 1), "non struct page pfn", "Ignored");
            return Refuse(RefusalRules.PageElsewhere, Errno.EBUSY, address, "no memory of the kernel is there, and nobody has told how to handle it");
        }

        if (found is not var (block, page) || block.State != MemoryBlockState.Online)
        {
            core.Log.Error($"Memory failure: 0x{address.Value >> 12:x}: memory outside kernel control");
            return Refuse(RefusalRules.PageElsewhere, Errno.ENXIO, address, "no memory of the kernel is there");
        }

        if (!_broken.Add(page.StartPfn))
        {
            LogAction(page, "already poisoned page", "Failed");
            return Refuse(RefusalRules.PageBroken, Errno.EHWPOISON, address, "it is known");
        }

        block.PoisonedPages++;
        Errno error = TakeOut(block, page, mayKill: true, out string kind);
        if (error == Errno.Ok)
        {
            block.Node.Failures.Recovered++;
        }
        else
        {
            block.Node.Failures.Ignored++;
        }

        LogAction(page, kind, error == Errno.Ok ? "Recovered" : "Ignored");
        return error == Errno.Ok ? error : Refuse(RefusalRules.PageKernels, Errno.EBUSY, address, "the kernel itself uses the page");
    }

    /// <summary>The page may break soon: what it holds moves, and nobody gets it again (<c>soft_offline_page</c>).</summary>
    /// <returns>ENXIO where no struct page is, EIO where it is not online or is the kernel's own, EBUSY where the page cannot be moved.</returns>
    public Errno SoftOffline(Hpa address)
    {
        if (memory.DevicePages.NodeOf(address) is not null)
        {
            return Refuse(RefusalRules.PageElsewhere, Errno.EIO, address, "a dax device has the memory");
        }

        if (Find(address) is not var (block, page))
        {
            return Refuse(RefusalRules.PageElsewhere, Errno.ENXIO, address, "no memory of the kernel is there");
        }

        if (block.State != MemoryBlockState.Online)
        {
            return Refuse(RefusalRules.PageElsewhere, Errno.EIO, address, "no memory that is online");
        }

        if (_broken.Contains(page.StartPfn))
        {
            core.Log.Info($"Soft offline: 0x{page.StartPfn:x}: page already poisoned");
            return Errno.Ok;
        }

        Errno error = TakeOut(block, page, mayKill: false, out _);
        if (error != Errno.Ok)
        {
            return Refuse(RefusalRules.PageKernels, error, address, "what the page holds cannot be moved");
        }

        _broken.Add(page.StartPfn);
        block.PoisonedPages++;
        return Errno.Ok;
    }

    /// <summary>Memory that is taken away is no longer counted.</summary>
    internal void Forget(MemoryBlock block) => _broken.RemoveWhere(pfn => pfn >= block.StartPfn && pfn < block.PageRange.EndPfn);

    /// <summary>In the words of 6.12.</summary>
    private void LogAction(PageRange page, string kind, string outcome)
    {
        Acted?.Invoke(page.StartPfn, kind, outcome);
        core.Log.Error($"Memory failure: 0x{page.StartPfn:x}: recovery action for {kind}: {outcome}");
    }

    private Errno Refuse(KernelRule rule, Errno error, Hpa address, string reason) => core.Refusals.Report(rule, error, address.ToString(), reason, null);

    private (MemoryBlock Block, PageRange Page)? Find(Hpa address) =>
        memory.FindBlock(address.Value / memory.BlockSize.Bytes) is { } block ? (block, new PageRange(address.Value >> 12, 1)) : null;

    /// <summary>No program maps it, so nobody could be told, and nothing comes of it (<c>mf_generic_kill_procs</c>). It is counted each time, and for good.</summary>
    private Errno HardOfflineOfDevice(Hpa address, NumaNode node)
    {
        _onDevices++;
        node.Failures.Failed++;
        LogAction(new PageRange(address.Value >> 12, 1), "dax page", "Failed");
        return Refuse(RefusalRules.PageKernels, Errno.EBUSY, address, "a dax device has the page, and no program has mapped it");
    }

    /// <summary>A free page is taken off the lists; what a program had there is moved, or it loses it.</summary>
    private Errno TakeOut(MemoryBlock block, PageRange page, bool mayKill, out string kind)
    {
        bool isReserved = memory.IsReserved(block, page);
        kind = "free buddy page";
        if (!isReserved && pages.Reserve(page))
        {
            return Errno.Ok;
        }

        (PageHolding Holding, HeldRange Range) held = pages.HeldIn(page).FirstOrDefault();
        if (isReserved || held.Holding is null || held.Range.Use is PageUse.Kernel or PageUse.Memmap)
        {
            kind = "get hwpoison page";
            core.Log.Info($"Memory failure: 0x{page.StartPfn:x}: unhandlable page.");
            return Errno.EIO;
        }

        kind = (held.Range.Use.Order(), hugePages.IsFree(held.Holding)) switch
        {
            (0, _) => "dirty LRU page",
            (_, true) => "free huge page",
            _ when held.Range.Use == PageUse.TransparentHuge => "dirty LRU page",
            _ => "huge page",
        };
        if (held.Range.Use == PageUse.TransparentHuge)
        {
            held.Range = pages.Split(held.Holding, held.Range, Unit(held.Range.Use, page));
        }

        PageRange unit = Unit(held.Range.Use, page);
        if (mayKill || hugePages.IsFree(held.Holding))
        {
            PageAllocator.Withdraw(held.Holding, held.Range, unit);
        }
        else if (!held.Range.Use.CanMigrate() || PageMigration.Move(pages, held.Holding, held.Range, unit, new PageRequest(held.Range.Use, block.Node.Id), frees: false) == 0)
        {
            return Errno.EBUSY;
        }

        // A huge page of a pool is gone as such; what is left of it is free.
        pages.Release(held.Range.Zone, unit.First(page.StartPfn - unit.StartPfn));
        pages.Release(held.Range.Zone, unit.Skip(page.EndPfn - unit.StartPfn));
        return Errno.Ok;
    }

    /// <summary>The page, or the huge page that it is a part of.</summary>
    private static PageRange Unit(PageUse use, PageRange page)
    {
        ulong size = 1UL << use.Order();
        return new PageRange(page.StartPfn & ~(size - 1), size);
    }
}

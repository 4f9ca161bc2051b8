using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>Programs that take memory and give it back, each known by a name (<c>mm/memory.c</c>, <c>mm/oom_kill.c</c>).</summary>
public sealed class TaskMemory(KernelCore core, PageAllocator allocator, HugePages hugePages, WeightedInterleave weighted)
{
    private readonly Dictionary<string, PageHolding> _tasks = [];

    /// <summary>What a program has; null for one that is not known.</summary>
    public PageHolding? Find(string task) => _tasks.GetValueOrDefault(task);

    /// <summary>A program touches that much memory for the first time.</summary>
    /// <param name="task">Its name. What it had before stays.</param>
    /// <param name="use">What kind of pages.</param>
    /// <param name="size">Rounded up to whole pages of this kind.</param>
    /// <param name="policy">Where they may come from.</param>
    /// <returns>EINVAL where no node of the policy has memory; ENOMEM where there is too little: then the program is killed, and has nothing any more.</returns>
    public Errno Allocate(string task, PageUse use, ByteSize size, MemoryPolicy policy)
    {
        ulong unit = hugePages.Of(use) is null ? 1 : 1UL << use.Order();
        ulong pages = (((size.Bytes + 4095) >> 12) + unit - 1) / unit * unit;
        if (!policy.HasMemory(allocator.Numa))
        {
            return Refuse(RefusalRules.TaskNodes, Errno.EINVAL, task, "none of the nodes has memory", new NearestChange("put memory of one of them online first"));
        }

        PageHolding holding = _tasks.GetValueOrDefault(task) ?? new PageHolding(task);
        if (hugePages.Of(use) is { } pool)
        {
            Errno taken = pool.Take(holding, policy.Order(allocator.Numa), pages >> pool.Order);
            return taken == Errno.Ok ? Keep(task, holding) : Refuse(RefusalRules.TaskHugePages, taken, task, $"{pool.Free} of {pages >> pool.Order} huge pages are free", new NearestChange($"write a larger number to {pool.Path}/nr_hugepages"));
        }

        ulong before = holding.Pages;
        Errno error = policy.Allocate(allocator, weighted, holding, use, pages);
        Keep(task, holding);
        if (error == Errno.ENOMEM)
        {
            ulong got = holding.Pages - before;
            core.Log.Error($"Out of memory: {task} is killed, which got {got << 2} of {pages << 2} kB");
            Release(task);
            return Refuse(RefusalRules.TaskRoom, error, task, $"{ByteSize.Page * got} of {size} were to be had", null, ("wanted", size.ToString()), ("found", (ByteSize.Page * got).ToString()));
        }

        return error;
    }

    /// <summary>The program ends.</summary>
    /// <returns>ESRCH where there is none of the name.</returns>
    public Errno Release(string task)
    {
        if (!_tasks.Remove(task, out PageHolding? holding))
        {
            return Refuse(RefusalRules.TaskName, Errno.ESRCH, task, "nothing of this name has memory");
        }

        foreach (HugePagePool pool in hugePages.Pools)
        {
            pool.Return(holding);
        }

        allocator.Free(holding);
        return Errno.Ok;
    }

    private Errno Keep(string task, PageHolding holding)
    {
        _tasks[task] = holding;
        return Errno.Ok;
    }

    private Errno Refuse(KernelRule rule, Errno error, string task, string reason, NearestChange? nearest = null, params ReadOnlySpan<NamedValue> values) =>
        core.Refusals.Report(rule, error, task, reason, nearest, values);
}

using System.Globalization;
using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>Huge pages of one size that are set aside for programs (<c>mm/hugetlb.c</c>, struct hstate): /sys/kernel/mm/hugepages/hugepages-NkB.</summary>
/// <param name="pages">Where huge pages come from.</param>
/// <param name="use">What pages of this size are used for.</param>
/// <param name="smaller">The pool that its pages can be split for; null for none.</param>
public sealed class HugePagePool(PageAllocator pages, PageUse use, HugePagePool? smaller) : KObject(NameOf(use))
{
    private static readonly AttributeGroup Attributes = new(
        Attr<HugePagePool>.ReadWrite("nr_hugepages", p => Decimal(p.Total), (p, value) => p.Store(value, null)),
        Attr<HugePagePool>.ReadOnly("free_hugepages", p => Decimal(p.Free)),
        Attr<HugePagePool>.ReadOnly("resv_hugepages", _ => "0"),
        Attr<HugePagePool>.ReadOnly("surplus_hugepages", _ => "0"),
        Attr<HugePagePool>.ReadOnly("demote_size", _ => "2048kB", visible: p => p.Use == PageUse.Huge1G),
        Attr<HugePagePool>.WriteOnly("demote", (p, value) => p.StoreDemote(value, null), visible: p => p.Use == PageUse.Huge1G));

    private readonly PageHolding _free = new($"free huge pages of {NameOf(use)["hugepages-".Length..]}");

    /// <summary>2 MiB or 1 GiB, in powers of two of pages.</summary>
    public int Order => use.Order();

    public PageUse Use => use;

    /// <summary>Huge pages, free or in use.</summary>
    public ulong Total => pages.Numa.PossibleNodes.Aggregate(0UL, (sum, node) => sum + TotalOf(node));

    public ulong Free => _free.Pages >> Order;

    public override IReadOnlyList<AttributeGroup> Groups => [Attributes];

    public ulong TotalOf(NumaNode node) => node.Used(use) >> Order;

    public ulong FreeOf(NumaNode node) => _free.Ranges.Where(range => range.Node == node).Aggregate(0UL, (sum, range) => sum + range.Pages.Pages) >> Order;

    /// <summary>Makes the pool larger or smaller, evenly over nodes with memory, or on one node. What is in use stays; what is not to be had is not there.</summary>
    /// <param name="wanted">Huge pages.</param>
    /// <param name="only">Null for all nodes.</param>
    public void Resize(ulong wanted, NumaNode? only)
    {
        NumaNode[] nodes = only is null ? [.. pages.Numa.OnlineNodes.Where(node => node.HasMemory)] : [only];
        ulong now = nodes.Aggregate(0UL, (sum, node) => sum + TotalOf(node));
        if (wanted > now)
        {
            Spread(nodes, wanted - now, Grow);
        }
        else
        {
            Spread(nodes, now - wanted, Shrink);
        }
    }

    /// <summary>Hands free huge pages to a program: of some nodes in their order.</summary>
    /// <returns>ENOMEM where there are too few; then none is taken.</returns>
    public Errno Take(PageHolding holding, IEnumerable<int> nodes, ulong count)
    {
        HeldRange[] ranges = [.. nodes.SelectMany(id => _free.Ranges.Where(range => range.Node.Id == id))];
        if (ranges.Aggregate(0UL, (sum, range) => sum + range.Pages.Pages) >> Order < count)
        {
            return Errno.ENOMEM;
        }

        foreach (HeldRange range in ranges)
        {
            if (count == 0)
            {
                break;
            }

            PageRange part = First(range.Pages, count);
            count -= part.Pages >> Order;
            pages.HandOver(_free, range, part, holding);
        }

        return Errno.Ok;
    }

    /// <summary>A program is done with its huge pages.</summary>
    public void Return(PageHolding holding)
    {
        foreach (HeldRange range in holding.Ranges.Where(range => range.Use == use).ToArray())
        {
            pages.HandOver(holding, range, range.Pages, _free);
        }
    }

    internal bool Keeps(PageHolding holding) => holding == _free;

    /// <summary>Gives up free huge pages between two page frames, without making them free.</summary>
    internal IReadOnlyList<PageRange> Dissolve(PageRange leaving)
    {
        List<PageRange> dissolved = [];
        foreach (HeldRange range in _free.Ranges.Where(range => !range.Pages.Shared(leaving).IsEmpty).ToArray())
        {
            PageAllocator.Withdraw(_free, range, range.Pages.Shared(leaving));
            dissolved.Add(range.Pages.Shared(leaving));
        }

        return dissolved;
    }

    internal SimTask<Errno> Store(string value, NumaNode? only)
    {
        Errno error = Kstrto.U64(value, out ulong count);
        if (error == Errno.Ok)
        {
            Resize(count, only);
        }

        return error;
    }

    /// <summary>Splits free pages into those of the smaller pool.</summary>
    internal SimTask<Errno> StoreDemote(string value, NumaNode? only)
    {
        Errno error = Kstrto.U64(value, out ulong count);
        foreach (HeldRange range in _free.Ranges.Where(range => only is null || range.Node == only).ToArray())
        {
            PageRange part = First(range.Pages, error == Errno.Ok ? count : 0);
            count -= part.Pages >> Order;
            if (!part.IsEmpty)
            {
                PageAllocator.Withdraw(_free, range, part);
                smaller!.Adopt(range with { Pages = part });
            }
        }

        return error;
    }

    /// <summary>Takes pages of a larger pool in.</summary>
    private void Adopt(HeldRange range)
    {
        range.Zone.CountUse(use, (long)range.Pages.Pages);
        pages.Hold(_free, range with { Use = use });
    }

    internal static string Decimal(ulong value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Gives each node the same; what one cannot do, the others do.</summary>
    private static void Spread(NumaNode[] nodes, ulong count, Func<NumaNode, ulong, ulong> change)
    {
        List<NumaNode> able = [.. nodes];
        while (count > 0 && able.Count > 0)
        {
            ulong share = Math.Max(1, count / (ulong)able.Count);
            foreach (NumaNode node in able.ToArray())
            {
                ulong wanted = Math.Min(share, count);
                ulong done = wanted == 0 ? 0 : change(node, wanted);
                count -= done;
                if (done < wanted)
                {
                    able.Remove(node);
                }
            }
        }
    }

    private static string NameOf(PageUse use) => string.Create(CultureInfo.InvariantCulture, $"hugepages-{4UL << use.Order()}kB");

    /// <summary>The first huge pages of some pages; all where there are not so many.</summary>
    private PageRange First(PageRange all, ulong count) => all.First(Math.Min(count, all.Pages >> Order) << Order);

    private ulong Grow(NumaNode node, ulong count) => pages.Allocate(_free, new PageRequest(use, node.Id) { OnlyThisNode = true }, count);

    private ulong Shrink(NumaNode node, ulong count)
    {
        ulong done = 0;
        foreach (HeldRange range in _free.Ranges.Where(range => range.Node == node).ToArray())
        {
            PageRange part = First(range.Pages, count - done);
            if (!part.IsEmpty)
            {
                pages.Free(_free, range, part);
                done += part.Pages >> Order;
            }
        }

        return done;
    }
}

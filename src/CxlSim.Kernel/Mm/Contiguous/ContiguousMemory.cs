using System.Globalization;
using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>Areas for contiguous allocation that options and command line ask for, on nodes that are online (<c>kernel/dma/contiguous.c</c>, <c>mm/hugetlb.c</c>).</summary>
/// <remarks>Nodes of CXL memory are not online at that time, unless firmware gives their memory as plain RAM.</remarks>
public sealed class ContiguousMemory(KernelCore core, E820Table e820, Numa numa)
{
    private static readonly ByteSize HugePage = ByteSize.GiB(1);

    /// <summary>More than any machine has: sums of sizes stay numbers.</summary>
    private static readonly ulong MostBytes = ByteSize.GiB(1 << 20).Bytes;

    private readonly CmaReservations _reservations = new(core, e820, numa);

    public IReadOnlyList<CmaArea> Areas => _reservations.Areas;

    /// <summary>Whether the kernel knows CMA at all; then /proc/meminfo says so.</summary>
    public bool IsBuilt => core.Config.IsEnabled("CMA");

    /// <summary>Whether <c>cma=</c> is understood.</summary>
    public bool ForDma => IsBuilt && core.Config.IsEnabled("DMA_CMA");

    /// <summary>Whether <c>numa_cma=</c> and <c>cma_pernuma=</c> are understood.</summary>
    public bool PerNode => ForDma && core.Config.IsEnabled("DMA_NUMA_CMA");

    /// <summary>How many of some pages belong to areas.</summary>
    public ulong PagesIn(PageRange pages) => Areas.Aggregate(0UL, (sum, area) => sum + area.Pages.Shared(pages).Pages);

    /// <summary>Divides pages by whether they belong to an area.</summary>
    public IEnumerable<(PageRange Pages, bool IsContiguous)> Split(PageRange pages)
    {
        foreach (PageRange area in Areas.Select(area => area.Pages).OrderBy(area => area.StartPfn))
        {
            PageRange shared = area.Shared(pages);
            if (!shared.IsEmpty)
            {
                yield return (pages.First(shared.StartPfn - pages.StartPfn), false);
                yield return (shared, true);
                pages = pages.Skip(shared.EndPfn - pages.StartPfn);
            }
        }

        yield return (pages, false);
    }

    public void Reserve()
    {
        if (PerNode)
        {
            ReserveByNode();
        }

        if (ForDma)
        {
            ReserveGlobal();
        }

        if (IsBuilt && core.CommandLine.Value("hugetlb_cma") is { } text)
        {
            ReserveHugePages(text);
        }
    }

    /// <summary>Node by node: the same for all, then what this one was given (<c>dma_numa_cma_reserve</c>).</summary>
    private void ReserveByNode()
    {
        ulong all = new NumberCursor(core.CommandLine.Value("cma_pernuma") ?? string.Empty).Size();
        Dictionary<int, ulong> own = ByNode(core.CommandLine.Value("numa_cma") ?? string.Empty, out _);
        foreach (NumaNode node in numa.PossibleNodes)
        {
            (string Name, ulong Size)[] wanted = [("pernuma", all), ("numa", own.GetValueOrDefault(node.Id))];
            if (!node.IsOnline && wanted.Any(area => area.Size > 0))
            {
                core.Log.Warning($"cma: node {node.Id} is not online; no area there");
                core.Findings.Report(KernelRules.CmaNode, new ParameterPlace(own.ContainsKey(node.Id) ? "numa_cma" : "cma_pernuma"), $"an area for node {node.Id}");
                continue;
            }

            foreach ((string name, ulong size) in wanted.Where(area => area.Size > 0))
            {
                Errno error = _reservations.Reserve(Named(name, node.Id), size, node.Id, CmaReservations.LeastAlignment);
                if (error != Errno.Ok)
                {
                    core.Log.Warning($"cma: reservation failed: err {-(int)error}, node {node.Id}");
                }
            }
        }
    }

    private void ReserveGlobal()
    {
        CmaRequest request = core.CommandLine.Value("cma") is { } text ? CmaRequest.Parse(text) : new CmaRequest(BuildDefault(), 0, 0, false);
        if (request.Size > 0)
        {
            _reservations.Reserve("reserved", request, Numa.NoNode, CmaReservations.LeastAlignment);
        }
    }

    /// <summary>Mebibytes, a percentage of RAM, or the smaller or larger of both.</summary>
    private ulong BuildDefault()
    {
        ulong ram = e820.Entries.Where(entry => entry.Type == E820Type.Ram).Aggregate(0UL, (sum, entry) => sum + entry.Range.Size.Bytes);
        ulong fixedSize = Number("CMA_SIZE_MBYTES") << 20;
        ulong share = (ulong)((UInt128)(ram >> 12) * Math.Min(100, Number("CMA_SIZE_PERCENTAGE")) / 100) << 12;
        return core.Config switch
        {
            var config when config.IsEnabled("CMA_SIZE_SEL_PERCENTAGE") => share,
            var config when config.IsEnabled("CMA_SIZE_SEL_MIN") => Math.Min(fixedSize, share),
            var config when config.IsEnabled("CMA_SIZE_SEL_MAX") => Math.Max(fixedSize, share),
            _ => fixedSize,
        };
    }

    private ulong Number(string option) => uint.TryParse(core.Config.Text(option), NumberStyles.None, CultureInfo.InvariantCulture, out uint value) ? value : 0;

    /// <summary>Whole pages of 1 GiB, on the nodes that were named, or on one after the other until there are enough (<c>hugetlb_cma_reserve</c>).</summary>
    private void ReserveHugePages(string text)
    {
        Dictionary<int, ulong> own = ByNode(text, out ulong total);
        foreach ((int id, ulong size) in own.OrderBy(pair => pair.Key).ToArray())
        {
            string? reason = !numa.OnlineNodes.Any(node => node.Id == id) ? "is not online" : size < HugePage.Bytes ? $"needs at least {HugePage.Bytes >> 20} MiB" : null;
            if (size > 0 && reason is not null)
            {
                core.Log.Warning($"hugetlb_cma: node {id} {reason}; no area there");
                core.Findings.Report(KernelRules.CmaNode, new ParameterPlace("hugetlb_cma"), $"an area for node {id}, which {reason}");
                total -= size;
                own.Remove(id);
            }
        }

        if (total < HugePage.Bytes)
        {
            if (total > 0)
            {
                core.Log.Warning($"hugetlb_cma: an area needs at least {HugePage.Bytes >> 20} MiB");
            }

            return;
        }

        ReserveHugePages(own, total);
    }

    private void ReserveHugePages(Dictionary<int, ulong> own, ulong total)
    {
        NumaNode[] online = [.. numa.OnlineNodes];
        ulong share = RoundUp((total / (ulong)online.Length) + (total % (ulong)online.Length == 0 ? 0UL : 1UL));
        ulong reserved = 0;
        foreach (NumaNode node in online.Where(node => own.Count == 0 || own.GetValueOrDefault(node.Id) > 0))
        {
            ulong size = RoundUp(own.Count > 0 ? own[node.Id] : Math.Min(share, total - reserved));
            Errno error = _reservations.Reserve(Named("hugetlb", node.Id), size, node.Id, HugePage);
            if (error != Errno.Ok)
            {
                core.Log.Warning($"hugetlb_cma: reservation failed: err {-(int)error}, node {node.Id}");
                continue;
            }

            reserved += size;
            if (reserved >= total)
            {
                return;
            }
        }
    }

    /// <summary><c>NODE:SIZE,...</c>; where the first is no node, the number is the size of all.</summary>
    private static Dictionary<int, ulong> ByNode(string text, out ulong total)
    {
        Dictionary<int, ulong> sizes = [];
        total = 0;
        foreach (string part in text.Split(','))
        {
            string[] words = part.Split(':', 2);
            if (words.Length < 2 || !ushort.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out ushort node) || node >= KernelConfig.MaxNodes)
            {
                total = sizes.Count == 0 && words.Length < 2 ? Math.Min(new NumberCursor(part).Size(), MostBytes) : total;
                return sizes;
            }

            NumberCursor cursor = new(words[1]);
            ulong size = Math.Min(cursor.Size(), MostBytes);
            total += size;
            sizes[node] = size;
            if (!cursor.IsAtEnd)
            {
                return sizes;
            }
        }

        return sizes;
    }

    private static ulong RoundUp(ulong size) => (size + HugePage.Bytes - 1) / HugePage.Bytes * HugePage.Bytes;

    private static string Named(string name, int node) => name + node.ToString(CultureInfo.InvariantCulture);
}

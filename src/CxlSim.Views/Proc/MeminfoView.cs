using System.Globalization;
using System.Text;
using CxlSim.Kernel;

namespace CxlSim.Views;

/// <summary>/proc/meminfo with all keys of 6.12, in their order; what is not modelled is 0 (<c>fs/proc/meminfo.c</c>).</summary>
public static class MeminfoView
{
    private const int LabelWidth = 16;

    /// <summary>Without the unit. A long label takes room from its number.</summary>
    private const int LineWidth = 24;

    /// <summary>They stand before <c>Unaccepted</c>, in a kernel that has CMA.</summary>
    private const string CmaKeys = "CmaTotal CmaFree ";

    private const string Keys =
        "MemTotal MemFree MemAvailable Buffers Cached SwapCached Active Inactive Active(anon) Inactive(anon) Active(file) Inactive(file) Unevictable Mlocked "
        + "SwapTotal SwapFree Zswap Zswapped Dirty Writeback AnonPages Mapped Shmem KReclaimable Slab SReclaimable SUnreclaim KernelStack PageTables "
        + "SecPageTables NFS_Unstable Bounce WritebackTmp CommitLimit Committed_AS VmallocTotal VmallocUsed VmallocChunk Percpu HardwareCorrupted "
        + "AnonHugePages ShmemHugePages ShmemPmdMapped FileHugePages FilePmdMapped Unaccepted HugePages_Total HugePages_Free HugePages_Rsvd "
        + "HugePages_Surp Hugepagesize Hugetlb DirectMap4k DirectMap2M DirectMap1G";

    /// <summary>TiB that x86-64 keeps for vmalloc with four levels of page tables, and with five (VMALLOC_SIZE_TB_L4, _L5).</summary>
    private const ulong VmallocOfFour = 32;
    private const ulong VmallocOfFive = 12800;

    public static string Render(LinuxKernel kernel)
    {
        StringBuilder text = new();
        Dictionary<string, ulong> values = Values(kernel, [.. kernel.Numa.OnlineNodes]);
        string keys = kernel.Contiguous.IsBuilt ? Keys.Insert(Keys.IndexOf("Unaccepted", StringComparison.Ordinal), CmaKeys) : Keys;
        foreach (string key in keys.Split(' '))
        {
            string label = (key + ":").PadRight(LabelWidth);
            string value = values.GetValueOrDefault(key).ToString(CultureInfo.InvariantCulture).PadLeft(LineWidth - label.Length);
            text.Append(label).Append(value).Append(key.StartsWith("HugePages_", StringComparison.Ordinal) ? "\n" : " kB\n");
        }

        return text.ToString();
    }

    private static Dictionary<string, ulong> Values(LinuxKernel kernel, NumaNode[] nodes)
    {
        ulong total = nodes.Aggregate(0UL, (sum, node) => sum + node.ManagedMemory.Bytes) >> 10;
        ulong free = nodes.Aggregate(0UL, (sum, node) => sum + node.FreePages) << 2;
        ulong anonymous = Used(nodes, PageUse.Anonymous) + Used(nodes, PageUse.TransparentHuge) + Used(nodes, PageUse.Pinned);
        ulong cma = nodes.Aggregate(0UL, (sum, node) => sum + node.CmaPages) << 2;
        ulong reserved = nodes.SelectMany(node => node.Zones.Select(zone => Reserved(node, zone))).Aggregate(0UL, (sum, pages) => sum + pages) << 2;
        return new Dictionary<string, ulong>
        {
            ["MemTotal"] = total,
            ["MemFree"] = free,
            ["MemAvailable"] = free > reserved ? free - reserved : 0,
            ["Active"] = anonymous,
            ["Active(anon)"] = anonymous,
            ["AnonPages"] = anonymous,
            ["AnonHugePages"] = Used(nodes, PageUse.TransparentHuge),
            ["Slab"] = Used(nodes, PageUse.Kernel),
            ["SUnreclaim"] = Used(nodes, PageUse.Kernel),
            ["HardwareCorrupted"] = kernel.Failures.BrokenPages << 2,
            ["HugePages_Total"] = kernel.HugePages.Default.Total,
            ["HugePages_Free"] = kernel.HugePages.Default.Free,
            ["Hugetlb"] = Used(nodes, PageUse.Huge1G) + Used(nodes, PageUse.Huge2M),
            ["CmaTotal"] = cma,
            ["CmaFree"] = nodes.Aggregate(0UL, (sum, node) => sum + node.FreeCmaPages) << 2,
            ["CommitLimit"] = total / 2, // overcommit_ratio 50, no swap
            ["VmallocTotal"] = ((kernel.Core.AddressSizes.HasFiveLevels ? VmallocOfFive : VmallocOfFour) << 30) - 1, // less a byte, in kB
            ["Hugepagesize"] = 4UL << kernel.HugePages.Default.Order,
        };
    }

    /// <summary>In kB.</summary>
    private static ulong Used(NumaNode[] nodes, PageUse use) => nodes.Aggregate(0UL, (sum, node) => sum + node.Used(use)) << 2;

    /// <summary>What users cannot have of a zone: its high mark and the largest reserve it keeps from them (<c>calculate_totalreserve_pages</c>).</summary>
    private static ulong Reserved(NumaNode node, Zone zone) => Math.Min(LowmemReserve.Of(node, zone).Max() + zone.Watermarks.High, zone.ManagedPages);
}

using System.Globalization;
using System.Text;

namespace CxlSim.Kernel;

/// <summary>The file <c>meminfo</c> of a node (<c>node_read_meminfo</c> in <c>drivers/base/node.c</c>); what is not modelled is 0.</summary>
internal static class NodeMeminfo
{
    private static readonly string[] Keys =
    [
        "MemTotal", "MemFree", "MemUsed", "SwapCached", "Active", "Inactive", "Active(anon)", "Inactive(anon)", "Active(file)", "Inactive(file)", "Unevictable",
        "Mlocked", "Dirty", "Writeback", "FilePages", "Mapped", "AnonPages", "Shmem", "KernelStack", "PageTables", "SecPageTables", "NFS_Unstable", "Bounce",
        "WritebackTmp", "KReclaimable", "Slab", "SReclaimable", "SUnreclaim", "AnonHugePages", "ShmemHugePages", "ShmemPmdMapped", "FileHugePages",
        "FilePmdMapped", "Unaccepted",
    ];

    public static AttributeValue Render(NumaNode node)
    {
        StringBuilder text = new();
        foreach (string key in Keys)
        {
            text.Append(CultureInfo.InvariantCulture, $"Node {node.Id} {key + ":",-15} {Pages(node, key) << 2,8} kB\n");
        }

        (string Key, ulong Value)[] counts = [("HugePages_Total", node.HugePages?.Total ?? 0), ("HugePages_Free", node.HugePages?.Free ?? 0), ("HugePages_Surp", 0)];
        return text + string.Join('\n', counts.Select(line => string.Create(CultureInfo.InvariantCulture, $"Node {node.Id} {line.Key + ":",-16} {line.Value,5}")));
    }

    private static ulong Pages(NumaNode node, string key) => key switch
    {
        "MemTotal" => node.ManagedMemory.Bytes >> 12,
        "MemFree" => node.FreePages,
        "MemUsed" => (node.ManagedMemory.Bytes >> 12) - node.FreePages,
        "Active" or "Active(anon)" or "AnonPages" => node.Used(PageUse.Anonymous) + node.Used(PageUse.TransparentHuge) + node.Used(PageUse.Pinned),
        "Slab" or "SUnreclaim" => node.Used(PageUse.Kernel),
        "AnonHugePages" => node.Used(PageUse.TransparentHuge),
        _ => 0,
    };
}

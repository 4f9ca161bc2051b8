using System.Globalization;

namespace CxlSim.Kernel;

/// <content>Policy auto-movable: movable memory only in proportion to what the kernel can use (<c>auto_movable_zone_for_pfn</c>).</content>
public sealed partial class MemoryHotplug
{
    /// <summary>Whether a block may join the Movable zone without starving the kernel.</summary>
    private bool MayGrowMovable(MemoryBlock block)
    {
        ulong wanted = block.Pages;
        if (block.Group is { } group)
        {
            if (group.KernelPages > 0)
            {
                return false; // one device's memory is not mixed
            }

            wanted = group.MaxPages - group.MovablePages;
        }

        return HasRatio(Numa.OnlineNodes, wanted)
            && (Policy("auto_movable_numa_aware") != "Y" || HasRatio([block.Node], wanted));
    }

    /// <summary>Only boot memory in kernel zones counts as sure to stay, and areas for contiguous allocation as movable (<c>auto_movable_stats_account_zone</c>).</summary>
    private bool HasRatio(IEnumerable<NumaNode> nodes, ulong wanted)
    {
        ulong kernel = 0;
        ulong movable = wanted;
        foreach (Zone zone in nodes.SelectMany(node => node.Zones))
        {
            bool isMovable = zone.Type == ZoneType.Movable;
            kernel += isMovable ? 0 : zone.EarlyPages - zone.CmaPages;
            movable += isMovable ? zone.PresentPages : zone.CmaPages;
        }

        ulong ratio = ulong.Parse(Policy("auto_movable_ratio"), CultureInfo.InvariantCulture);
        return movable <= (ulong)((UInt128)kernel * ratio / 100);
    }

    private string Policy(string parameter) => _modules.Find("memory_hotplug")!.Parameters[parameter];
}

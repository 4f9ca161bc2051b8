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
            MemoryBlock[] online = [.. _blocks.Values.Where(other => other.Group == group && other.Zone is not null)];
            ulong movable = SumPages(online.Where(other => other.Zone!.Type == ZoneType.Movable));
            if (SumPages(online) != movable)
            {
                return false; // one device's memory is not mixed
            }

            wanted = group.MaxPages - movable;
        }

        return HasRatio(Numa.OnlineNodes, wanted)
            && (Policy("auto_movable_numa_aware") != "Y" || HasRatio([block.Node], wanted));
    }

    /// <summary>Only kernel zones of boot memory count as sure to stay.</summary>
    private bool HasRatio(IEnumerable<NumaNode> nodes, ulong wanted)
    {
        NumaNode[] scope = [.. nodes];
        ulong kernel = SumPages(_blocks.Values.Where(block => block is { IsBootMemory: true, IsInBootRanges: false, Zone.Type: not ZoneType.Movable } && scope.Contains(block.Node)))
            + _bootRanges.Where(range => scope.Contains(range.Node)).Aggregate(0UL, (sum, range) => sum + range.Pages);
        ulong movable = scope.Aggregate(0UL, (sum, node) => sum + node.Zone(ZoneType.Movable).PresentPages);
        ulong ratio = ulong.Parse(Policy("auto_movable_ratio"), CultureInfo.InvariantCulture);
        return movable + wanted <= (ulong)((UInt128)kernel * ratio / 100);
    }

    private string Policy(string parameter) => _modules.Find("memory_hotplug")!.Parameters[parameter];

    private static ulong SumPages(IEnumerable<MemoryBlock> blocks) => blocks.Aggregate(0UL, (sum, block) => sum + block.Pages);
}

using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>What holds of pages at any time, whoever has them.</summary>
internal static class PageInvariants
{
    /// <summary>The first that does not hold, in words; null where all do.</summary>
    public static string? Broken(MachineSession session) => PagesTwice(session.Kernel) ?? PagesLost(session.Kernel) ?? HeldElsewhere(session.Kernel);

    /// <summary>A page is free once, or held once.</summary>
    private static string? PagesTwice(LinuxKernel kernel)
    {
        IEnumerable<(PageRange Pages, string Owner)> free = kernel.Numa.PossibleNodes.SelectMany(node => node.Zones.SelectMany(zone =>
            zone.Free.Ranges.Concat(zone.FreeCma.Ranges).Select(pages => (pages, $"free pages of node {node.Id} {zone.Name}"))));
        IEnumerable<(PageRange Pages, string Owner)> held = kernel.Pages.Holdings.SelectMany(holding => holding.Ranges.Select(range => (range.Pages, $"{holding.Name} ({range.Use})")));
        (PageRange Pages, string Owner) last = (default, string.Empty);
        foreach ((PageRange Pages, string Owner) next in free.Concat(held).OrderBy(range => range.Pages.StartPfn))
        {
            if (next.Pages.StartPfn < last.Pages.EndPfn)
            {
                return $"page 0x{next.Pages.StartPfn:x} belongs to {last.Owner} and to {next.Owner}";
            }

            last = next;
        }

        return null;
    }

    /// <summary>What a zone manages is free, in use or broken; a node has what its zones have.</summary>
    private static string? PagesLost(LinuxKernel kernel)
    {
        foreach (NumaNode node in kernel.Numa.PossibleNodes)
        {
            foreach (Zone zone in node.Zones)
            {
                ulong used = Sum(Enum.GetValues<PageUse>(), zone.Used);
                ulong broken = Sum(kernel.Memory.Blocks.Where(block => block.State == MemoryBlockState.Online && block.Zone == zone), block => block.PoisonedPages);
                if (zone.FreePageCount + used + broken != zone.ManagedPages)
                {
                    return $"node {node.Id} {zone.Name}: {zone.FreePageCount} free, {used} used and {broken} broken are not {zone.ManagedPages} managed";
                }
            }

            if (node.FreePages != Sum(node.Zones, zone => Sum(zone.Free.Ranges.Concat(zone.FreeCma.Ranges), range => range.Pages)))
            {
                return $"node {node.Id} counts {node.FreePages} free pages, and its ranges have others";
            }
        }

        return null;
    }

    /// <summary>Who holds pages holds them in blocks that are online, in the zone that counts them.</summary>
    private static string? HeldElsewhere(LinuxKernel kernel)
    {
        foreach (IGrouping<(Zone Zone, PageUse Use), HeldRange> group in kernel.Pages.Holdings.SelectMany(holding => holding.Ranges).GroupBy(range => (range.Zone, range.Use)))
        {
            ulong held = Sum(group, range => range.Pages.Pages);
            if (held != group.Key.Zone.Used(group.Key.Use))
            {
                return $"{group.Key.Zone.Name} counts {group.Key.Zone.Used(group.Key.Use)} pages of {group.Key.Use}, and {held} are held";
            }
        }

        return kernel.Memory.Blocks.Where(block => !block.IsBootMemory)
            .SelectMany(block => kernel.Pages.HeldIn(block.PageRange).Where(held => block.State != MemoryBlockState.Online || held.Range.Zone != block.Zone)
                .Select(held => $"{held.Holding.Name} has pages of {held.Range.Zone.Name} in {block.Name}, which is {block.State} in {block.Zone?.Name}"))
            .FirstOrDefault();
    }

    private static ulong Sum<T>(IEnumerable<T> items, Func<T, ulong> count) => items.Aggregate(0UL, (sum, item) => sum + count(item));
}

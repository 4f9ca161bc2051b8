using CxlSim.Core;
using CxlSim.Kernel;

namespace CxlSim.Session;

/// <summary>Memory blocks, zones, and /proc/iomem.</summary>
internal static class MemoryInvariants
{
    private const string SystemRam = "System RAM";

    /// <summary>MAX_IORES_LEVEL of /proc/iomem: what lies deeper is printed there too.</summary>
    private const int Deepest = 5;

    /// <summary>Lines of one parent lie apart, in order, and inside it.</summary>
    public static string? Tangled(FuzzMachine machine)
    {
        List<(ulong First, ulong Last, string Name)> parents = [];
        ulong[] next = new ulong[Deepest + 1];
        foreach ((int depth, ulong first, ulong last, string name) in machine.Iomem().Where(line => line.Depth < Deepest))
        {
            parents = [.. parents.Take(depth)];
            bool isInside = depth == 0 || (parents.Count == depth && first >= parents[^1].First && last <= parents[^1].Last);
            if (first > last || !isInside || first < next[depth])
            {
                return $"/proc/iomem: {first:x}-{last:x} : {name} does not fit below {(depth == 0 ? "the root" : parents[^1].Name)} behind what is there up to {next[depth]:x}";
            }

            next[depth] = last + 1;
            next[depth + 1] = 0;
            parents.Add((first, last, name));
        }

        HashSet<(string Name, ulong First)> lines = [.. machine.Iomem().Select(line => (line.Name, line.First))];
        int bits = machine.Platform.Kernel.PhysicalBits;
        return machine.Regions.Where(region => region.Resource is not null && region.Root.Range!.Value.Last.Value >> bits == 0 && !lines.Contains((region.Name, region.Resource.Range.Start.Value)))
            .Select(region => $"/proc/iomem has no line of {region.Name} at {region.Resource!.Range}").FirstOrDefault();
    }

    /// <summary>A hot-added block stands for memory: all of it is System RAM.</summary>
    public static string? WithoutRam(FuzzMachine machine)
    {
        (ulong First, ulong Last)[] ram = [.. machine.Iomem().Where(line => line.Name.StartsWith(SystemRam, StringComparison.Ordinal)).Select(line => (line.First, line.Last))];
        return machine.Kernel.Memory.Blocks.Where(block => !block.IsBootMemory && !Array.Exists(ram, line => line.First <= block.Range.Start.Value && line.Last >= block.Range.Last.Value))
            .Select(block => $"{block.Name} {block.Range} is {block.State}, and /proc/iomem has no System RAM there").FirstOrDefault();
    }

    /// <summary>A zone without boot memory has the pages of its online blocks; what it manages is free, in use or broken.</summary>
    public static string? PagesLost(FuzzMachine machine)
    {
        ulong blockPages = machine.Kernel.Memory.BlockSize.Bytes / 4096;
        foreach (NumaNode node in machine.Kernel.Numa.PossibleNodes)
        {
            bool isHotplugged = machine.Kernel.Numa.Memblks.Memory.All(boot => boot.Node != node.Id);
            foreach (Zone zone in node.Zones)
            {
                MemoryBlock[] blocks = [.. machine.Kernel.Memory.Blocks.Where(block => block.State == MemoryBlockState.Online && block.Zone == zone)];
                ulong used = Enum.GetValues<PageUse>().Aggregate(0UL, (sum, use) => sum + zone.Used(use));
                ulong broken = blocks.Aggregate(0UL, (sum, block) => sum + block.PoisonedPages);
                ulong own = blocks.Aggregate(0UL, (sum, block) => sum + (block.MemmapPages == 0 ? 0 : blockPages / 64));
                ulong span = blocks.Length == 0 ? 0 : (blocks.Max(block => block.Range.Last.Value) + 1 - blocks.Min(block => block.Range.Start.Value)) / 4096;
                bool isCounted = !isHotplugged || (zone.PresentPages == blockPages * (ulong)blocks.Length && zone.ManagedPages == zone.PresentPages - own && zone.SpannedPages >= span);
                if (!isCounted || zone.FreePageCount + used + broken != zone.ManagedPages)
                {
                    return $"node {node.Id} {zone.Name}: {blocks.Length} blocks of {blockPages} pages, present {zone.PresentPages}, managed {zone.ManagedPages}, spanned {zone.SpannedPages}, free {zone.FreePageCount}, used {used}, broken {broken}";
                }
            }
        }

        return null;
    }

    /// <summary>Blocks have the size that follows from the end of boot memory.</summary>
    public static string? OtherBlockSize(FuzzMachine machine) =>
        BlockSizeFormula.Of(machine) is { } expected && machine.Kernel.Memory.BlockSize != new ByteSize(expected) ? $"memory blocks of {machine.Kernel.Memory.BlockSize}, expected {new ByteSize(expected)}" : null;
}

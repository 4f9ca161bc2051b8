using CxlSim.Core;
using CxlSim.Kernel;

namespace CxlSim.Views;

/// <summary>Reads nodes, their zones, and memory blocks.</summary>
internal static class MemoryReader
{
    public static ReportMemory Read(LinuxKernel kernel, RegionMap regions)
    {
        IReadOnlyList<BlockRun> runs = Runs(kernel, regions);
        HashSet<int> withBlocks = [.. runs.Select(run => run.Node)];
        return new ReportMemory(
            kernel.Memory.BlockSize, [.. kernel.Numa.PossibleNodes.Where(node => node.IsOnline || withBlocks.Contains(node.Id)).Select(Read)], runs);
    }

    /// <summary>Blocks in a row that do not differ.</summary>
    public static IReadOnlyList<BlockRun> Runs(LinuxKernel kernel, RegionMap regions)
    {
        List<BlockRun> runs = [];
        foreach (MemoryBlock block in kernel.Memory.Blocks)
        {
            BlockRun one = new(block.Id, block.Id, block.Node.Id, block.Zone?.Name ?? string.Empty, Word(block.State), regions.At(block.Range));
            if (runs.Count > 0 && runs[^1].Last + 1 == one.First && runs[^1] with { First = one.First, Last = one.Last } == one)
            {
                runs[^1] = runs[^1] with { Last = one.Last };
            }
            else
            {
                runs.Add(one);
            }
        }

        return runs;
    }

    private static ReportNode Read(NumaNode node) => new(
        node.Id, ListFormat.Of(node.Cpus.Where(cpu => cpu.IsOnline).Select(cpu => cpu.Number)), [.. node.Zones.Where(zone => zone.IsPopulated).Select(Read)]);

    private static ReportZone Read(Zone zone) => new(
        zone.Name,
        AddressRange.Of(new Hpa(zone.StartPfn * ByteSize.Page.Bytes), ByteSize.Page * zone.SpannedPages),
        ByteSize.Page * zone.PresentPages, ByteSize.Page * zone.ManagedPages, ByteSize.Page * zone.FreePageCount);

    private static string Word(MemoryBlockState state) => state switch
    {
        MemoryBlockState.Online => "online",
        MemoryBlockState.GoingOffline => "going-offline",
        _ => "offline",
    };
}

using CxlSim.Core;
using CxlSim.Kernel;
using CxlSim.Machine;

namespace CxlSim.Views;

/// <summary>Memory that Linux has online and that no committed decoder leads to any more: what is stored there is lost, Linux's own page structures as well.</summary>
public static class LostMemory
{
    /// <summary>The longest turn of an interleave: 16 ways of 16 KiB. A way that leads nowhere shows within it.</summary>
    private const ulong Turn = 16 * 16384;

    /// <summary>The smallest granularity: each of its chunks is looked at, and the block's last byte.</summary>
    private const ulong Chunk = 256;

    /// <summary>Neighbours in one piece, by address.</summary>
    public static IReadOnlyList<AddressRange> Of(SimulatedMachine machine)
    {
        AddressRoutes routes = machine.Routes;
        List<AddressRange> lost = [];
        foreach (MemoryBlock block in (machine.Kernel?.Memory.Blocks ?? []).Where(block => block.State == MemoryBlockState.Online).OrderBy(block => block.Id))
        {
            if (machine.Platform.Memory.Nodes.Any(node => node.Ranges.Any(range => range.Overlaps(block.Range))) || IsDecoded(routes, block.Range))
            {
                continue;
            }

            bool follows = lost.Count > 0 && lost[^1].Last.Value + 1 == block.Range.Start.Value;
            AddressRange piece = follows ? AddressRange.Of(lost[^1].Start, lost[^1].Size + block.Range.Size) : block.Range;
            lost.RemoveRange(lost.Count - (follows ? 1 : 0), follows ? 1 : 0);
            lost.Add(piece);
        }

        return lost;
    }

    private static bool IsDecoded(AddressRoutes routes, AddressRange range)
    {
        int chunks = (int)(Math.Min(range.Size.Bytes, Turn) / Chunk);
        Hpa[] addresses = [.. Enumerable.Range(0, chunks).Select(chunk => range.Start + new ByteSize((ulong)chunk * Chunk)), range.Last];
        ushort[] targets = new ushort[addresses.Length];
        routes.Translate(addresses, new Dpa[addresses.Length], targets);
        return Array.TrueForAll(targets, target => AddressRoutes.OutcomeOf(target) == RouteOutcome.Hit);
    }
}

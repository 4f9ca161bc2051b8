using CxlSim.Core;
using CxlSim.Kernel;
using CxlSim.Machine;

namespace CxlSim.Views;

/// <summary>Memory that Linux has online and that no committed decoder leads to any more: what is stored there is lost, Linux's own page structures as well.</summary>
public static class LostMemory
{
    /// <summary>Neighbours in one piece, by address.</summary>
    public static IReadOnlyList<AddressRange> Of(SimulatedMachine machine)
    {
        AddressRange[] dram = [.. machine.Platform.Memory.Nodes.SelectMany(node => node.Ranges)];
        RouteProbe probe = new(machine.Routes);
        List<AddressRange> lost = [];
        foreach (MemoryBlock block in (machine.Kernel?.Memory.Blocks ?? []).Where(block => block.State == MemoryBlockState.Online).OrderBy(block => block.Id))
        {
            if (Array.Exists(dram, range => range.Overlaps(block.Range)) || probe.IsDecoded(block.Range))
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
}

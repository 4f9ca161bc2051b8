using CxlSim.Core;
using CxlSim.Platform.Reading;

namespace CxlSim.Platform.Defaults;

/// <summary>Lays out the DRAM of nodes that do not say their ranges.</summary>
internal static class DramLayout
{
    /// <summary>Low memory first, since firmware and kernel need some; then above 4 GiB, past the hole for devices; nodes in order.</summary>
    public static IReadOnlyList<DramNodeDescription> Fill(ReadContext context, IReadOnlyList<DramNodeDescription> nodes)
    {
        ulong low = 0;
        ulong high = AddressSpace.HighDram;
        List<DramNodeDescription> filled = [];
        foreach (DramNodeDescription node in nodes)
        {
            if (context.Says(node, "ranges") || !context.IsSound(node, "size"))
            {
                filled.Add(node);
                continue;
            }

            ulong lowSize = Math.Min(node.Size.Bytes, AddressSpace.LowDramLimit - low);
            ulong highSize = node.Size.Bytes - lowSize;
            if (highSize > AddressSpace.Limit - high)
            {
                string key = context.Says(node, "dram") ? "dram" : "size";
                string message = $"found {node.Size} of DRAM; expected an end within 52 bits, as x86-64 page tables hold them";
                context.Error(Cxp.OutOfRange, context.PlaceOf(node, key), message);
                highSize = 0;
            }

            List<AddressRange> ranges = [];
            low += Take(ranges, low, lowSize);
            high += Take(ranges, high, highSize);
            filled.Add(context.Replace(node, node with { Ranges = ranges }));
        }

        return filled;
    }

    private static ulong Take(List<AddressRange> ranges, ulong start, ulong size)
    {
        if (size > 0)
        {
            ranges.Add(AddressRange.Of(new Hpa(start), new ByteSize(size)));
        }

        return size;
    }
}

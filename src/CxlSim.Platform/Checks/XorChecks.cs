using System.Globalization;
using System.Numerics;
using CxlSim.Platform.Reading;
using CxlSim.Spec.Cxl;

namespace CxlSim.Platform.Checks;

/// <summary>Checks the maps of XOR windows: enough of them, each beginning at the bit that it decides, and one set for a granularity.</summary>
internal static class XorChecks
{
    public static void Run(ReadContext context, IReadOnlyList<WindowDescription> windows)
    {
        // Two windows share a CXIMS by granularity alone.
        Dictionary<int, List<WindowDescription>> earlier = [];
        foreach (WindowDescription window in windows.Where(window => window.XorMaps is not null && context.IsSound(window, "xor_maps")))
        {
            if (context.IsSound(window, "targets"))
            {
                CheckCount(context, window);
            }

            if (context.IsSound(window, "granularity"))
            {
                CheckBits(context, window);
                List<WindowDescription> others = earlier.TryGetValue(window.Granularity, out List<WindowDescription>? known) ? known : earlier[window.Granularity] = [];
                CheckOthers(context, window, others);
                others.Add(window);
            }
        }
    }

    private static void CheckCount(ReadContext context, WindowDescription window)
    {
        int needed = Interleave.XorMapsFor(window.Targets.Count);
        if (Interleave.TryEncodeWays(window.Targets.Count, out _) && window.XorMaps!.Count < needed)
        {
            string message = $"found {window.XorMaps.Count} XOR maps for {window.Targets.Count} ways; expected {needed}";
            context.Warning(Cxp.XorMapsMissing, context.PlaceOf(window, "xor_maps"), message);
        }
    }

    /// <summary>Were it another bit, the bits of the position would not be those that devices leave out of the DPA.</summary>
    private static void CheckBits(ReadContext context, WindowDescription window)
    {
        for (int i = 0; i < window.XorMaps!.Count; i++)
        {
            ulong map = window.XorMaps[i];
            int bit = BitOperations.Log2((uint)window.Granularity) + i;
            if (map == 0 || BitOperations.TrailingZeroCount(map) != bit)
            {
                string number = i.ToString(CultureInfo.InvariantCulture);
                string message = $"found 0x{map:x} as XOR map {number} of a granularity of {window.Granularity}; expected a map whose lowest bit is {bit}";
                context.Warning(Cxp.XorMapBit, context.PlaceOf(window, "xor_maps", i), message);
            }
        }
    }

    private static void CheckOthers(ReadContext context, WindowDescription window, List<WindowDescription> others)
    {
        for (int i = 0; i < window.XorMaps!.Count; i++)
        {
            ulong map = window.XorMaps[i];
            if (others.Find(other => i < other.XorMaps!.Count && other.XorMaps[i] != map) is { } first)
            {
                string message = $"found 0x{map:x} where another window of the same granularity has 0x{first.XorMaps![i]:x}; expected the same maps";
                context.Warning(Cxp.XorMapsDiffer, context.PlaceOf(window, "xor_maps", i), message);
                return;
            }
        }
    }
}

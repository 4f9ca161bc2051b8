using CxlSim.Core;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>The room that a window has left for regions.</summary>
public static class FreeRange
{
    /// <summary>The largest free stretch, cut to whole units; zero where none is left.</summary>
    /// <param name="window">Its line of iomem; null where it has none.</param>
    /// <param name="unit">What a region's size is a multiple of.</param>
    /// <param name="leaving">A region of the window that would go; null for none.</param>
    public static ByteSize Largest(Resource? window, ByteSize unit, Resource? leaving = null) =>
        Gaps(window, leaving).Select(gap => unit * (gap / unit)).DefaultIfEmpty(ByteSize.Zero).Max();

    /// <summary>All that is free and fills whole units, each stretch apart.</summary>
    /// <param name="window">Its line of iomem; null where it has none.</param>
    /// <param name="unit">What a region's size is a multiple of.</param>
    public static ByteSize Total(Resource? window, ByteSize unit) => Gaps(window, null).Aggregate(ByteSize.Zero, (sum, gap) => sum + (unit * (gap / unit)));

    /// <summary>How large the window would have to be, at the same base, for one more region; null where no window is so large.</summary>
    /// <param name="window">Its line of iomem.</param>
    /// <param name="size">Of the region.</param>
    /// <param name="unit">What the window's size is a multiple of.</param>
    public static ByteSize? Needed(Resource window, ByteSize size, ByteSize unit)
    {
        UInt128 end = window.Children.Select(child => (UInt128)child.Range.Last.Value + 1).DefaultIfEmpty(window.Range.Start.Value).Max();
        UInt128 start = (end + IdentifyMemoryDevice.CapacityUnit.Bytes - 1) / IdentifyMemoryDevice.CapacityUnit.Bytes * IdentifyMemoryDevice.CapacityUnit.Bytes;
        UInt128 needed = start - window.Range.Start.Value + size.Bytes;
        needed = (needed + unit.Bytes - 1) / unit.Bytes * unit.Bytes;
        return needed <= ulong.MaxValue - window.Range.Start.Value ? new ByteSize((ulong)needed) : null;
    }

    /// <summary>From a multiple of 256 MiB on to what lies there next.</summary>
    private static IEnumerable<ByteSize> Gaps(Resource? window, Resource? leaving)
    {
        if (window is null)
        {
            yield break;
        }

        UInt128 unit = IdentifyMemoryDevice.CapacityUnit.Bytes;
        UInt128 next = window.Range.Start.Value;
        foreach (Resource? taken in window.Children.Where(child => child != leaving).Append<Resource?>(null))
        {
            UInt128 start = (next + unit - 1) / unit * unit;
            UInt128 end = taken?.Range.Start.Value ?? ((UInt128)window.Range.Last.Value + 1);
            if (end > start)
            {
                yield return new ByteSize((ulong)(end - start));
            }

            next = taken is null ? next : (UInt128)taken.Range.Last.Value + 1;
        }
    }
}

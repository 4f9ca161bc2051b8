using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>The room that a window has left for regions.</summary>
internal static class FreeRange
{
    /// <summary>The largest free stretch, cut to whole units; zero where none is left.</summary>
    /// <param name="window">Its line of iomem; null where it has none.</param>
    /// <param name="unit">What a region's size is a multiple of.</param>
    /// <param name="leaving">A region of the window that would go; null for none.</param>
    public static ByteSize Largest(Resource? window, ByteSize unit, Resource? leaving = null)
    {
        ByteSize most = ByteSize.Zero;
        UInt128 next = window?.Range.Start.Value ?? 0;
        foreach (Resource? taken in window?.Children.Where(child => child != leaving).Append<Resource?>(null) ?? [])
        {
            UInt128 start = (next + DpaUnit - 1) / DpaUnit * DpaUnit;
            UInt128 end = taken?.Range.Start.Value ?? ((UInt128)window!.Range.Last.Value + 1);
            ByteSize free = end > start ? new ByteSize((ulong)(end - start) / unit.Bytes * unit.Bytes) : ByteSize.Zero;
            most = free > most ? free : most;
            next = taken is null ? next : (UInt128)taken.Range.Last.Value + 1;
        }

        return most;
    }

    private static ulong DpaUnit => Spec.Cxl.IdentifyMemoryDevice.CapacityUnit.Bytes;
}

using System.Numerics;

namespace CxlSim.Kernel;

/// <summary>Sizes of what a zone keeps per CPU (<c>zone_batchsize</c> in <c>mm/page_alloc.c</c>, <c>calculate_normal_threshold</c> in <c>mm/vmstat.c</c>).</summary>
public static class PerCpuPages
{
    private const ulong LargestBatch = (1UL << 20) / 4096;
    private const int LargestThreshold = 125;

    /// <summary>Pages that go to and from the free lists at once.</summary>
    public static ulong Batch(Zone zone)
    {
        ulong quarter = Math.Max(1, Math.Min(zone.ManagedPages >> 10, LargestBatch) / 4);
        ulong power = 1UL << BitOperations.Log2(quarter + (quarter / 2));
        return Math.Max(1, power - 1);
    }

    /// <summary>How far a CPU's counters may stray before they are added to the zone's.</summary>
    public static int StatThreshold(Zone zone, int onlineCpus) =>
        Math.Min(LargestThreshold, 2 * BitLength((ulong)onlineCpus) * (1 + BitLength(zone.ManagedPages >> 15)));

    private static int BitLength(ulong value) => 64 - BitOperations.LeadingZeroCount(value);
}

using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>The legal interleave nearest to one that was refused; the smaller of two that are as near.</summary>
internal static class NearestInterleave
{
    private static readonly int[] AllWays = [.. Enumerable.Range(1, Interleave.MaxWays).Where(ways => Interleave.TryEncodeWays(ways, out _))];
    private static readonly int[] AllGranularities = [.. Enumerable.Range(0, 7).Select(power => Interleave.MinGranularity << power)];

    /// <summary>Ways that a region in a window may have.</summary>
    public static int Ways(int wanted, CxlRootDecoder window) => Nearest(wanted, AllWays.Where(ways => IsOfWindow(ways, window)));

    /// <summary>Bytes that a region in a window may have for each way.</summary>
    public static int Granularity(int wanted, CxlRootDecoder window) => window.Ways > 1 ? window.Granularity : Nearest(wanted, AllGranularities);

    /// <summary>A granularity that fits at these ways; null where none does.</summary>
    public static int? Granularity(int wanted, Func<int, bool> fits) => AllGranularities.Where(fits).ToArray() is { Length: > 0 } fitting ? Nearest(wanted, fitting) : null;

    /// <summary>The window has spread already; below it only powers of two are possible.</summary>
    public static bool IsOfWindow(int ways, CxlRootDecoder window) => ways % window.Ways == 0 && System.Numerics.BitOperations.IsPow2(ways / window.Ways);

    private static int Nearest(int wanted, IEnumerable<int> legal) => legal.MinBy(candidate => Math.Abs((long)candidate - wanted));
}

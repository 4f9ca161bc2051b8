using CxlSim.Platform;

namespace CxlSim.Session;

/// <summary>Ways and granularities from the tables of the specification, looked up and not computed (CXL r3.1 8.2.4.20.7, 9.18.1.3).</summary>
internal static class InterleaveFormula
{
    public static readonly IReadOnlyDictionary<int, int> WaysCodes = new Dictionary<int, int> { [1] = 0, [2] = 1, [4] = 2, [8] = 3, [16] = 4, [3] = 8, [6] = 9, [12] = 10 };

    public static readonly IReadOnlyDictionary<int, int> GranularityCodes = new Dictionary<int, int> { [256] = 0, [512] = 1, [1024] = 2, [2048] = 3, [4096] = 4, [8192] = 5, [16384] = 6 };

    /// <summary>Host bridge ways to XOR maps that are needed (CXL r3.1 9.18.1.4).</summary>
    public static readonly IReadOnlyDictionary<int, int> XorMaps = new Dictionary<int, int> { [1] = 0, [2] = 1, [3] = 0, [4] = 2, [6] = 1, [8] = 3, [12] = 2, [16] = 4 };

    /// <summary>1, 2, 4, 8, 16: the only quotients that a region may have over its window.</summary>
    public static bool IsPowerOfTwo(int number) => number is 1 or 2 or 4 or 8 or 16;

    /// <summary>Whether decoders of these abilities take these ways at this granularity (<c>check_interleave_cap</c>).</summary>
    public static bool Fits(InterleaveCapabilities can, int ways, int granularity)
    {
        if (!WaysCodes.ContainsKey(ways) || !GranularityCodes.TryGetValue(granularity, out int code))
        {
            return false;
        }

        if (ways is 1 or 3)
        {
            return ways == 1 || can.HasFlag(InterleaveCapabilities.Ways3612);
        }

        if ((ways is 6 or 12 && !can.HasFlag(InterleaveCapabilities.Ways3612)) || (ways == 16 && !can.HasFlag(InterleaveCapabilities.Ways16)))
        {
            return false;
        }

        int bits = ways switch { 2 or 6 => 1, 4 or 12 => 2, 8 => 3, _ => 4 };
        return Enumerable.Range(code + 8, bits).All(bit => bit switch
        {
            <= 11 => can.HasFlag(InterleaveCapabilities.Bits8To11),
            <= 14 => can.HasFlag(InterleaveCapabilities.Bits12To14),
            _ => false,
        });
    }
}

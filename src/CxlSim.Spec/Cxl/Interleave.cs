using System.Numerics;

namespace CxlSim.Spec.Cxl;

/// <summary>Interleave ways and granularity as registers and CFMWS encode them (CXL r3.1 8.2.4.20.7, 9.18.1.3).</summary>
public static class Interleave
{
    public const int MinGranularity = 256;
    public const int MaxGranularity = 16384;
    public const int MaxWays = 16;

    /// <summary>1, 2, 4, 8, 16 are 0..4; 3, 6, 12 are 8..10.</summary>
    public static bool TryEncodeWays(int ways, out byte encoded)
    {
        bool three = ways > 0 && ways % 3 == 0;
        int power = three ? ways / 3 : ways;
        encoded = 0;
        if (power <= 0 || !BitOperations.IsPow2(power) || power > (three ? 4 : 16))
        {
            return false;
        }

        encoded = (byte)((three ? 8 : 0) + BitOperations.Log2((uint)power));
        return true;
    }

    public static bool TryDecodeWays(uint encoded, out int ways)
    {
        ways = encoded switch
        {
            <= 4 => 1 << (int)encoded,
            >= 8 and <= 10 => 3 << ((int)encoded - 8),
            _ => 0,
        };
        return ways != 0;
    }

    /// <summary>256 B is 0, each doubling adds one, 16 KiB is 6.</summary>
    public static bool TryEncodeGranularity(int granularity, out byte encoded)
    {
        encoded = 0;
        if (granularity < MinGranularity || granularity > MaxGranularity || !BitOperations.IsPow2(granularity))
        {
            return false;
        }

        encoded = (byte)(BitOperations.Log2((uint)granularity) - 8);
        return true;
    }

    public static bool TryDecodeGranularity(uint encoded, out int granularity)
    {
        granularity = encoded <= 6 ? MinGranularity << (int)encoded : 0;
        return granularity != 0;
    }

    /// <summary>How many XOR maps a window of legal ways needs: one for each doubling in them (CXL r3.1 9.18.1.4).</summary>
    public static int XorMapsFor(int ways) => ways > 0 ? BitOperations.TrailingZeroCount(ways) : 0;
}

using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>How often something took how long: buckets of a hundredth, so that a percentile is at most one percent too long. Adding costs no memory.</summary>
public sealed class LatencyHistogram
{
    /// <summary>Buckets in each power of two.</summary>
    private const int Steps = 1 << StepBits;

    private const int StepBits = 7;

    /// <summary>All times below 2^7 picoseconds, and each power of two from there to 2^63.</summary>
    private const int Octaves = 64 - StepBits;

    private const long LargestTotal = 1L << 61;

    /// <summary>A power of two, and well below what 32 bits count.</summary>
    private const long MostCounts = 1L << 31;

    /// <summary>Narrow, so that twice as many stay in the cache; what they hold is passed on to <see cref="_earlierCounts"/> before one can be too large.</summary>
    private uint[]? _counts;
    private long[]? _earlierCounts;

    /// <summary>A sum that is passed on to <see cref="_earlier"/> well before it is too large: a sum of 128 bits would cost on each access.</summary>
    private long _total;
    private Int128 _earlier;
    private long _longest;

    public long Count { get; private set; }

    /// <summary>Zero where there are none.</summary>
    public double MeanNs => Count == 0 ? 0 : (double)(_earlier + _total) / 1e3 / Count;

    public double LongestNs => _longest / 1e3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(SimDuration duration)
    {
        long value = duration.Picoseconds;
        uint[] counts = _counts ??= new uint[Octaves * Steps];
        unchecked
        {
            Count++;
            _total += value;
            counts[IndexOf(value)]++;
            if (value > _longest)
            {
                _longest = value;
            }

            if (_total > LargestTotal || (Count & (MostCounts - 1)) == 0)
            {
                PassOn();
            }
        }
    }

    /// <summary>Takes over what another one has counted.</summary>
    public void Add(LatencyHistogram other)
    {
        if (other.Count == 0)
        {
            return;
        }

        PassOn();
        for (int i = 0; i < _earlierCounts.Length; i++)
        {
            _earlierCounts[i] += other.CountOf(i);
        }

        Count += other.Count;
        _earlier += other._earlier + other._total;
        _longest = Math.Max(_longest, other._longest);
    }

    /// <summary>What so many of a hundred were no longer than; zero where there are none. Unit: nanoseconds.</summary>
    public double PercentileNs(double percent)
    {
        long wanted = Math.Max((long)Math.Ceiling(Count * percent / 100), 1);
        long seen = 0;
        for (int i = 0; i < Octaves * Steps; i++)
        {
            seen += CountOf(i);
            if (seen >= wanted)
            {
                return Math.Min(LastOf(i), _longest) / 1e3;
            }
        }

        return 0;
    }

    public void Clear()
    {
        (Count, _total, _earlier, _longest) = (0, 0, 0, 0);
        _counts?.AsSpan().Clear();
        _earlierCounts?.AsSpan().Clear();
    }

    /// <summary>Its highest bits, and how many lie below them. A time below zero has none, and throws.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int IndexOf(long value)
    {
        unchecked
        {
            int shift = BitOperations.Log2((ulong)value | Steps) - StepBits;
            return (shift << StepBits) + (int)((ulong)value >> shift);
        }
    }

    /// <summary>The longest of a bucket.</summary>
    private static long LastOf(int index)
    {
        int shift = Math.Max((index >> StepBits) - 1, 0);
        return unchecked(((index - ((long)shift << StepBits) + 1) << shift) - 1);
    }

    private long CountOf(int index) => (_counts?[index] ?? 0) + (_earlierCounts?[index] ?? 0);

    /// <summary>Narrow counts and the sum begin at zero again.</summary>
    [MemberNotNull(nameof(_earlierCounts))]
    private void PassOn()
    {
        _earlierCounts ??= new long[Octaves * Steps];
        for (int i = 0; i < Octaves * Steps; i++)
        {
            _earlierCounts[i] = CountOf(i);
        }

        _counts?.AsSpan().Clear();
        _earlier += _total;
        _total = 0;
    }
}

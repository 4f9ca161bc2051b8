using System.Numerics;
using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>How often something took how long: buckets of a hundredth, so that a percentile is at most one percent too long. Adding costs no memory.</summary>
public sealed class LatencyHistogram
{
    /// <summary>Buckets in each power of two.</summary>
    private const int Steps = 1 << StepBits;

    private const int StepBits = 7;

    /// <summary>Powers of two of picoseconds up to some hours.</summary>
    private const int Octaves = 48;

    private const long LargestTotal = 1L << 61;

    private long[]? _counts;
    /// <summary>A sum that is passed on to <see cref="_earlier"/> well before it is too large: a sum of 128 bits would cost on each access.</summary>
    private long _total;
    private Int128 _earlier;
    private long _longest;

    public long Count { get; private set; }

    /// <summary>Zero where there are none.</summary>
    public double MeanNs => Count == 0 ? 0 : (double)(_earlier + _total) / 1e3 / Count;

    public double LongestNs => _longest / 1e3;

    public void Add(SimDuration duration)
    {
        long value = duration.Picoseconds;
        Count++;
        _total += value;
        if (_total > LargestTotal)
        {
            _earlier += _total;
            _total = 0;
        }

        _longest = Math.Max(_longest, value);
        (_counts ??= new long[Octaves * Steps])[IndexOf(value)]++;
    }

    /// <summary>Takes over what another one has counted.</summary>
    public void Add(LatencyHistogram other)
    {
        if (other._counts is null)
        {
            return;
        }

        Count += other.Count;
        _earlier += other._earlier + other._total;
        _longest = Math.Max(_longest, other._longest);
        _counts ??= new long[Octaves * Steps];
        for (int i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }
    }

    /// <summary>What so many of a hundred were no longer than; zero where there are none. Unit: nanoseconds.</summary>
    public double PercentileNs(double percent)
    {
        long wanted = Math.Max((long)Math.Ceiling(Count * percent / 100), 1);
        long seen = 0;
        for (int i = 0; _counts is not null && i < _counts.Length; i++)
        {
            seen += _counts[i];
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
    }

    private static int IndexOf(long value)
    {
        if (value < Steps)
        {
            return (int)value;
        }

        int shift = BitOperations.Log2((ulong)value) - StepBits;
        int index = ((shift + 1) * Steps) + (int)((value >> shift) - Steps);
        return Math.Min(index, (Octaves * Steps) - 1);
    }

    /// <summary>The longest of a bucket.</summary>
    private static long LastOf(int index)
    {
        int octave = index / Steps;
        return octave == 0 ? index : ((((long)(index % Steps) + Steps + 1) << (octave - 1)) - 1);
    }
}

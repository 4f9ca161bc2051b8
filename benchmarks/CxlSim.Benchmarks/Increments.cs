using CxlSim.Engine;

namespace CxlSim.Benchmarks;

/// <summary>A ring of increments computed beforehand, so that a benchmark measures the queue and not the logarithm.</summary>
internal sealed class Increments
{
    private const int Length = 1 << 14;
    private const double Mean = 1e6;
    private readonly long[] _values = new long[Length];
    private int _position;

    public Increments(IncrementKind kind, ulong seed)
    {
        SimRandom random = new(seed);
        for (int i = 0; i < Length; i++)
        {
            double chance = (random.NextUInt64() >> 11) * Math.Pow(2, -53);
            _values[i] = (long)(kind == IncrementKind.Exponential ? -Math.Log(1 - chance) * Mean : chance * 2 * Mean);
        }
    }

    public long Next() => _values[unchecked(_position++) & (Length - 1)];
}

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
            _values[i] = (long)(2 * Mean * kind switch
            {
                IncrementKind.Uniform => chance,
                IncrementKind.Bimodal => random.Next(10) == 0 ? chance * 100 : chance,
                _ => Math.Pow(10, 9 * (chance - 1)) * 1e3,
            });
        }
    }

    public long Next() => _values[unchecked(_position++) & (Length - 1)];
}

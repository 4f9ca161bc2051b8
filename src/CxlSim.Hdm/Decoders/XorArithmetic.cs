using System.Numerics;
using CxlSim.Core;

namespace CxlSim.Hdm;

/// <summary>XOR interleave arithmetic (CXL r3.1 9.18.1.4): each map replaces the address bit that is its lowest by the parity of all its bits, one map after the other.</summary>
public sealed class XorArithmetic
{
    private readonly ulong[] _maps;

    /// <summary>The same as one step: which bits of the address decide whether a bit of the result differs from it.</summary>
    private readonly (ulong Deciding, int Bit)[] _changes;

    /// <param name="maps">Used as given; a map of zero changes nothing.</param>
    public XorArithmetic(IEnumerable<ulong> maps)
    {
        _maps = [.. maps.Where(map => map != 0)];
        ulong[] sources = [.. Enumerable.Range(0, 64).Select(bit => 1UL << bit)];
        foreach (ulong map in _maps)
        {
            sources[BitOperations.TrailingZeroCount(map)] = Enumerable.Range(0, 64).Where(bit => Bits.IsSet(map, bit)).Aggregate(0UL, (all, bit) => all ^ sources[bit]);
        }

        _changes = [.. Enumerable.Range(0, 64).Where(bit => sources[bit] != 1UL << bit).Select(bit => (sources[bit] ^ (1UL << bit), bit))];
        Matrices = ParityMatrices.Of(_changes);
    }

    /// <summary>The same in products of matrices, where they can do it.</summary>
    internal ParityMatrices? Matrices { get; }

    /// <summary>Bits that may change, each with the bits that decide it.</summary>
    internal ReadOnlySpan<(ulong Deciding, int Bit)> Changes => _changes;

    /// <summary>Addresses that differ only below this bit stay as far apart as they are.</summary>
    public int LowestBit => _maps.Length == 0 ? 64 : _maps.Min(BitOperations.TrailingZeroCount);

    /// <summary>No bit from here on changes.</summary>
    internal int EndOfChanges => _changes.Length == 0 ? 0 : _changes[^1].Bit + 1;

    /// <summary>Whether each change has a bit of a byte to itself, as those of a window's maps have.</summary>
    internal bool FitsAByte
    {
        get
        {
            int seen = 0;
            foreach ((_, int bit) in _changes)
            {
                if ((seen & (1 << (bit % 8))) != 0)
                {
                    return false;
                }

                seen |= 1 << (bit % 8);
            }

            return seen != 0;
        }
    }

    /// <summary>From what a CPU issues to what decoders see.</summary>
    public Hpa Apply(Hpa address) => new(Apply(address.Value));

    /// <summary>From what decoders see to what a CPU issues.</summary>
    public Hpa Invert(Hpa address)
    {
        ulong value = address.Value;
        for (int i = _maps.Length - 1; i >= 0; i--)
        {
            value = Apply(value, StepOf(value, _maps[i]));
        }

        return new Hpa(value);
    }

    /// <summary>The same as <see cref="Apply(Hpa)"/>, map after map.</summary>
    public IReadOnlyList<XorStep> Explain(Hpa address)
    {
        ulong value = address.Value;
        List<XorStep> steps = [];
        foreach (ulong map in _maps)
        {
            steps.Add(StepOf(value, map));
            value = Apply(value, steps[^1]);
        }

        return steps;
    }

    internal ulong Apply(ulong address)
    {
        ulong result = address;
        foreach ((ulong deciding, int bit) in _changes)
        {
            result ^= (ulong)(BitOperations.PopCount(address & deciding) & 1) << bit;
        }

        return result;
    }

    private static XorStep StepOf(ulong address, ulong map) => new(map, BitOperations.TrailingZeroCount(map), BitOperations.PopCount(address & map) & 1);

    /// <summary>A step is its own inverse: the bit that it sets is among those that decide it.</summary>
    private static ulong Apply(ulong address, XorStep step) => Bits.Set(address, step.Bit, step.Bit, (ulong)step.Parity);
}

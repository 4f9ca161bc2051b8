namespace CxlSim.Engine;

/// <summary>Seeded chance: SplitMix64, small, fast, the same on every machine and runtime.</summary>
public sealed class SimRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The next 64 bits.</summary>
    public ulong NextUInt64()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            ulong z = _state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }

    /// <summary>A number in [0, <paramref name="bound"/>), without bias worth a loop.</summary>
    public ulong Next(ulong bound) => Math.BigMul(NextUInt64(), bound, out _);

    /// <summary>Any span up to the double of the mean alike; takes no chance where there is none to take.</summary>
    public SimDuration Around(SimDuration mean) => mean.Picoseconds == 0 ? mean : new SimDuration((long)Next((2 * (ulong)mean.Picoseconds) + 1));
}

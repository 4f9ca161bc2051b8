namespace CxlSim.Session;

/// <summary>What a thread does with its streams, by the code that Intel MLC's <c>-W</c> has for it.</summary>
/// <param name="Code">W0 to W12; W0 is what MLC does without the option.</param>
/// <param name="Name">As MLC's tables have it.</param>
/// <param name="Loads">Streams that are read.</param>
/// <param name="Stores">Streams that are read, changed in the cache, and written back later.</param>
/// <param name="NonTemporal">Streams that are written past the cache.</param>
/// <param name="DelayLines">Lines between two of MLC's injected delays; by the bandwidths that its raw logs show for each delay. They hold no W3, W4, W7, W9 and W12: there whole rounds of the mix that are whole fours, as those of the others are but for W6.</param>
public sealed record TrafficMix(string Code, string Name, int Loads, int Stores, int NonTemporal, int DelayLines)
{
    public static IReadOnlyList<TrafficMix> All { get; } =
    [
        new("W0", "all reads", 1, 0, 0, 4),
        new("W2", "2:1 reads-writes", 1, 1, 0, 12),
        new("W3", "3:1 reads-writes", 2, 1, 0, 4),
        new("W4", "3:2 reads-writes", 1, 2, 0, 20),
        new("W5", "1:1 reads-writes", 0, 1, 0, 4),
        new("W6", "non-temporal writes", 0, 0, 1, 1),
        new("W7", "2:1 reads and non-temporal writes", 2, 0, 1, 12),
        new("W8", "1:1 reads and non-temporal writes", 1, 0, 1, 4),
        new("W9", "3:1 reads and non-temporal writes", 3, 0, 1, 4),
        new("W12", "4:1 reads-writes", 3, 1, 0, 20),
    ];

    /// <summary>Share of reads, 0 to 1.</summary>
    public double Reads => (Loads + Stores) / (double)(Loads + Stores + Stores + NonTemporal);

    /// <summary>Null for a code that does not exist.</summary>
    public static TrafficMix? Find(string code) => All.FirstOrDefault(mix => mix.Code.Equals(code, StringComparison.OrdinalIgnoreCase));
}

using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>A mix of reads and writes, each by chance.</summary>
/// <param name="share">Of reads, 0 to 1; the others are writes.</param>
internal readonly struct ReadShare(double share)
{
    /// <summary>Chances are out of so many.</summary>
    private const int Whole = 1 << 20;

    private readonly ulong _reads = (ulong)(share * Whole);

    public AccessKind Next(SimRandom random) => random.Next(Whole) < _reads ? AccessKind.Read : AccessKind.Write;
}

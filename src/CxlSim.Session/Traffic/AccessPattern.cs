using CxlSim.Engine;
using CxlSim.Timing;

namespace CxlSim.Session;

/// <summary>Which line follows a line.</summary>
/// <param name="Stride">In lines; 1 is sequential, 0 any line by chance.</param>
public readonly record struct AccessPattern(ulong Stride)
{
    /// <summary>A stream over a pool, begun anywhere.</summary>
    public IAddressStream Over(AddressPool pool, SimRandom random) =>
        Stride == 0 ? new RandomStream(pool, random) : new StridedStream(pool, Stride, random.Next(pool.Lines));
}

using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>Lines of a pool by chance, all alike.</summary>
public sealed class RandomStream(AddressPool pool, SimRandom random) : IAddressStream
{
    public Hpa Next() => pool.At(random.Next(pool.Lines));
}

using CxlSim.Core;

namespace CxlSim.Timing;

/// <summary>Which memory answers an address, and which way leads there, as the cores of one socket see it.</summary>
public interface IAddressMap
{
    /// <summary>False where nothing answers.</summary>
    bool TryFind(Hpa address, out MemoryRoute route, out Dpa target);
}

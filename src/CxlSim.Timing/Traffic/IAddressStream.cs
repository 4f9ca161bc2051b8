using CxlSim.Core;

namespace CxlSim.Timing;

/// <summary>Addresses, one after the other; never ends.</summary>
public interface IAddressStream
{
    Hpa Next();
}

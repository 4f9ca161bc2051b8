using CxlSim.Core;
using CxlSim.Machine;

namespace CxlSim.Views;

/// <summary>Writes translations as they come.</summary>
public interface ITranslationView
{
    /// <summary>An address, and where it went.</summary>
    /// <param name="address">What a CPU issues.</param>
    /// <param name="target">As <see cref="AddressRoutes.Translate"/> gives it.</param>
    /// <param name="dpa">The byte of the device; of a miss, anything.</param>
    void Write(Hpa address, ushort target, Dpa dpa);

    /// <summary>A byte of a device, and the address that leads to it.</summary>
    void Write(ReverseTranslation found);
}

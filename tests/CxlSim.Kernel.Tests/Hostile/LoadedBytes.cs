using CxlSim.Core;

namespace CxlSim.Kernel.Tests;

/// <summary>Remembers the largest load from memory.</summary>
internal sealed class LoadedBytes(IHostBus bus) : BusFilter(bus)
{
    public int Largest { get; private set; }

    public override BusResult Load(Hpa address, Span<byte> destination)
    {
        Largest = Math.Max(Largest, destination.Length);
        return base.Load(address, destination);
    }
}

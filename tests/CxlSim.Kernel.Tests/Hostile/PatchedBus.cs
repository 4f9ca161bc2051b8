using CxlSim.Core;

namespace CxlSim.Kernel.Tests;

/// <summary>A bus on which a test says what single registers answer.</summary>
internal sealed class PatchedBus(IHostBus bus) : BusFilter(bus)
{
    public Func<Bdf, int, ulong, ulong>? Config { get; init; }

    public Func<Hpa, ulong, ulong>? Register { get; init; }

    protected override ulong OnConfig(Bdf function, int offset, ulong value) => Config?.Invoke(function, offset, value) ?? value;

    protected override ulong OnRegister(Hpa address, ulong value) => Register?.Invoke(address, value) ?? value;
}

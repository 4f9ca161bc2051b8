using CxlSim.Core;
using CxlSim.Machine;
using CxlSim.Spec.Cxl;

namespace CxlSim.Views;

/// <summary>Asks of whole stretches of addresses whether every byte leads to a device, by asking of a few.</summary>
internal sealed class RouteProbe(AddressRoutes routes)
{
    /// <summary>Chunks of the smallest granularity in the longest turn of an interleave: a way that leads nowhere shows within one turn.</summary>
    private const int Chunks = Interleave.MaxWays * Interleave.MaxGranularity / Interleave.MinGranularity;

    private readonly Hpa[] _addresses = new Hpa[Chunks + 1];
    private readonly Dpa[] _dpas = new Dpa[Chunks + 1];
    private readonly ushort[] _targets = new ushort[Chunks + 1];

    /// <param name="range">Of a region's memory, at least a turn long.</param>
    public bool IsDecoded(AddressRange range)
    {
        for (int i = 0; i < Chunks; i++)
        {
            _addresses[i] = range.Start + new ByteSize((ulong)i * Interleave.MinGranularity);
        }

        _addresses[^1] = range.Last;
        routes.Translate(_addresses, _dpas, _targets);
        return Array.TrueForAll(_targets, target => AddressRoutes.OutcomeOf(target) == RouteOutcome.Hit);
    }
}

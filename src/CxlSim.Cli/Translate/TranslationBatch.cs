using CxlSim.Core;
using CxlSim.Machine;
using CxlSim.Views;

namespace CxlSim.Cli;

/// <summary>Collects addresses, translates them block by block, and passes the answers on in order.</summary>
/// <param name="routes">What translates.</param>
/// <param name="device">Whose bytes the addresses are; null where they are what a CPU issues.</param>
/// <param name="view">Takes the answers.</param>
internal sealed class TranslationBatch(AddressRoutes routes, RouteDevice? device, ITranslationView view)
{
    private const int Size = 4096;
    private readonly Hpa[] _addresses = new Hpa[Size];
    private readonly Dpa[] _dpas = new Dpa[Size];
    private readonly ushort[] _targets = new ushort[Size];
    private int _count;

    /// <summary>Whether some address led nowhere.</summary>
    public bool HasMisses { get; private set; }

    public void Add(ulong address)
    {
        if (device is not null)
        {
            ReverseTranslation found = routes.Reverse(device, new Dpa(address));
            HasMisses |= found.Hardware is null;
            view.Write(found);
            return;
        }

        _addresses[_count++] = new Hpa(address);
        if (_count == Size)
        {
            Flush();
        }
    }

    /// <summary>Answers what has been collected.</summary>
    public void Flush()
    {
        routes.Translate(_addresses.AsSpan(0, _count), _dpas.AsSpan(0, _count), _targets.AsSpan(0, _count));
        for (int i = 0; i < _count; i++)
        {
            HasMisses |= AddressRoutes.OutcomeOf(_targets[i]) != RouteOutcome.Hit;
            view.Write(_addresses[i], _targets[i], _dpas[i]);
        }

        _count = 0;
    }
}

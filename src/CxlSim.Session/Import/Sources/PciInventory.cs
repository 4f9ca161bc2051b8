using CxlSim.Core;

namespace CxlSim.Session;

/// <summary>The PCI functions of a capture, from all of its files.</summary>
internal sealed class PciInventory
{
    private readonly SortedDictionary<Bdf, PciFacts> _functions = [];

    public IReadOnlyCollection<PciFacts> All => _functions.Values;

    public PciFacts Of(Bdf address)
    {
        if (!_functions.TryGetValue(address, out PciFacts? facts))
        {
            facts = _functions[address] = new PciFacts(address);
        }

        return facts;
    }

    /// <summary>A port of CXL, with the number that Linux calls it by.</summary>
    public void AddPort(Bdf place, ulong? number)
    {
        PciFacts port = Of(place);
        port.Class ??= PciFacts.BridgeClass;
        port.IsCxl = true;
        port.PortNumber ??= number is <= byte.MaxValue ? (byte)number : null;
    }

    /// <summary>A bridge and a function on the bus behind it.</summary>
    public void AddBelow(Bdf bridge, Bdf below)
    {
        PciFacts facts = Of(bridge);
        facts.Class ??= PciFacts.BridgeClass;
        facts.IsCxl = true;
        facts.Secondary ??= below.Bus;
    }

    public IReadOnlyList<PciFacts> OnBus(ushort segment, byte bus) => [.. All.Where(facts => facts.Address.Segment == segment && facts.Address.Bus == bus)];

    /// <summary>Buses that no bridge leads to.</summary>
    public IReadOnlyList<(ushort Segment, byte Bus)> RootBuses()
    {
        HashSet<(ushort Segment, byte Bus)> behind = [.. All.Where(facts => facts.Secondary is not null).Select(facts => (facts.Address.Segment, facts.Secondary!.Value))];
        return [.. All.Select(facts => (facts.Address.Segment, facts.Address.Bus)).Distinct().Where(bus => !behind.Contains(bus))];
    }
}

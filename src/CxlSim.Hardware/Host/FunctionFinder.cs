using CxlSim.Core;

namespace CxlSim.Hardware;

/// <summary>Functions by the bus numbers of now, and the other way round: bridges route configuration accesses as software has set them up.</summary>
internal sealed class FunctionFinder(IReadOnlyList<RootBridge> bridges)
{
    private PciFunction? _lastFound;
    private Bdf _lastAddress;

    /// <summary>What answers at an address; null where nothing does.</summary>
    /// <remarks>
    /// Software asks one function many times before it turns to the next. What was found last cannot have moved: functions move only by a write to a bridge above
    /// them, and then that bridge was found last; for what comes and goes otherwise there is <see cref="Forget"/>.
    /// </remarks>
    public PciFunction? Find(Bdf address)
    {
        if (_lastFound is null || _lastAddress != address)
        {
            _lastFound = Search(address);
            _lastAddress = address;
        }

        return _lastFound;
    }

    /// <summary>Functions have come, gone or moved without a write that was looked for here.</summary>
    public void Forget() => _lastFound = null;

    /// <summary>Where accesses reach a function; null where none do.</summary>
    public Bdf? AddressOf(PciFunction wanted) =>
        bridges.Select(bridge => AddressOf(wanted, bridge.Functions, bridge.Description.Segment, bridge.Description.Bus)).FirstOrDefault(address => address is not null);

    private static Bdf? AddressOf(PciFunction wanted, List<PciFunction> functions, ushort segment, byte bus)
    {
        foreach (PciFunction function in functions)
        {
            if (function == wanted)
            {
                return new Bdf(segment, bus, function.Device, function.Function);
            }

            if (function is PciBridge { SecondaryBus: not 0 } bridge && AddressOf(wanted, bridge.Children, segment, bridge.SecondaryBus) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private PciFunction? Search(Bdf address)
    {
        foreach (RootBridge bridge in bridges)
        {
            if (address.Segment == bridge.Description.Segment && address.Bus >= bridge.Description.Bus && address.Bus <= bridge.Description.LastBus)
            {
                return Search(bridge.Functions, bridge.Description.Bus, address);
            }
        }

        return null;
    }

    private static PciFunction? Search(List<PciFunction> functions, byte bus, Bdf address)
    {
        while (bus != address.Bus)
        {
            PciBridge? next = functions.OfType<PciBridge>().FirstOrDefault(bridge => bridge.ForwardsBus(address.Bus));
            if (next is null)
            {
                return null;
            }

            functions = next.Children;
            bus = next.SecondaryBus;
        }

        return functions.Find(function => function.Device == address.Device && function.Function == address.Function);
    }
}

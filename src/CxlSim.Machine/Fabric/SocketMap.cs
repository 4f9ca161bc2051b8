using CxlSim.Core;
using CxlSim.Hdm;
using CxlSim.Timing;

namespace CxlSim.Machine;

/// <summary>What answers an address, and the way there, for the cores of one socket: DRAM where there is some, else what the committed decoders say.</summary>
internal sealed class SocketMap : IAddressMap
{
    private readonly RouteTable _table;
    private readonly MemoryRoute?[] _devices;
    private readonly (AddressRange Range, MemoryRoute Route, ulong Base)[] _dram;

    /// <param name="table">Compiled from the registers of now.</param>
    /// <param name="devices">The way to each device; null for one that is on no link.</param>
    /// <param name="dram">Ranges with the way to their node, and which of its bytes each begins with.</param>
    public SocketMap(RouteTable table, MemoryRoute?[] devices, (AddressRange Range, MemoryRoute Route, ulong Base)[] dram)
    {
        _table = table;
        _devices = devices;
        _dram = dram;
    }

    public bool TryFind(Hpa address, out MemoryRoute route, out Dpa target)
    {
        foreach ((AddressRange range, MemoryRoute way, ulong start) in _dram)
        {
            if (range.Contains(address))
            {
                (route, target) = (way, new Dpa(start + (address.Value - range.Start.Value)));
                return true;
            }
        }

        Translation found = _table.Translate(address);
        MemoryRoute? device = found.Outcome == DecodeOutcome.Hit ? _devices[found.Device] : null;
        (route, target) = (device!, found.Address);
        return device is not null;
    }
}

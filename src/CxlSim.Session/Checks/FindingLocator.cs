using CxlSim.Core;
using CxlSim.Kernel;
using CxlSim.Machine;
using CxlSim.Platform;

namespace CxlSim.Session;

/// <summary>Leads what the kernel found back to the platform file: tables through what firmware made them from, devices by what the machine calls them.</summary>
internal sealed class FindingLocator(SimulatedMachine machine)
{
    private readonly PlatformDescription _platform = machine.Platform;

    public SourceLocation LocationOf(FindingPlace place) => place switch
    {
        TablePlace table => machine.TableSources.Find(table.Signature, table.Offset)?.Location,
        FunctionPlace function => LocationOf(function.Function),
        BridgePlace { Uid: { } uid } => At(_platform.HostBridges.FirstOrDefault(bridge => bridge.Uid == uid && bridge.Cxl is not null)),
        AddressPlace address => LocationOf(address.Range),
        ParameterPlace => _platform.Sources.Stated(_platform.Kernel, "command_line"),
        _ => null,
    } ?? _platform.Sources.LocationOf(null);

    /// <summary>A memory device, or else the host bridge that the function is below.</summary>
    private SourceLocation? LocationOf(Bdf function)
    {
        string? id = machine.Devices.FirstOrDefault(device => device.Address == function)?.Id;
        return id is not null
            ? At(_platform.Devices.FirstOrDefault(device => device.Id == id))
            : At(_platform.HostBridges.FirstOrDefault(bridge => bridge.Segment == function.Segment && bridge.Bus <= function.Bus && function.Bus <= bridge.LastBus));
    }

    /// <summary>An entry of the EFI map, a window, or the command line that made the range.</summary>
    private SourceLocation? LocationOf(AddressRange range) =>
        At(_platform.Memory.Efi.FirstOrDefault(entry => entry.Range.Contains(range.Start)))
        ?? At(_platform.Windows.FirstOrDefault(window => window.Range.Contains(range.Start)))
        ?? _platform.Sources.Stated(_platform.Kernel, "command_line");

    /// <summary>Null where the file says nothing of it.</summary>
    private SourceLocation? At(object? description) =>
        _platform.Sources.LocationOf(description) is var location && location != _platform.Sources.LocationOf(null) ? location : null;
}

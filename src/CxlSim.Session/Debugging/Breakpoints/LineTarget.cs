using CxlSim.Engine;
using CxlSim.Machine;
using CxlSim.Platform;

namespace CxlSim.Session;

/// <summary>What stands at a line of the platform file takes part: a step begins, or something happens to the window, host bridge or device.</summary>
internal sealed class LineTarget(int line, PlatformDescription platform) : BreakTarget
{
    private readonly StepDescription? _step = platform.Steps.FirstOrDefault(step => step.Location.Line == line);
    private readonly Type3Description[] _devices = [.. platform.Devices.Where(device => At(platform, device, line))];
    private readonly HostBridgeDescription[] _bridges = [.. platform.HostBridges.Where(bridge => At(platform, bridge, line))];
    private readonly WindowDescription[] _windows = [.. platform.Windows.Where(window => At(platform, window, line))];

    /// <summary>Whether anything stands there that a run could meet.</summary>
    public bool IsEmpty => _step is null && _devices.Length + _bridges.Length + _windows.Length == 0;

    public override BreakMatch? OnStep(StepDescription step) => step == _step ? Found(step) : null;

    public override BreakMatch? OnRecord(TraceRecord record, SimulatedMachine machine) => IsAbout(record, machine) ? Found(record) : null;

    private static bool At(PlatformDescription platform, object description, int line) => platform.Sources.LocationOf(description).Line == line;

    private bool IsAbout(TraceRecord record, SimulatedMachine machine)
    {
        if (record is RegisterWritten or CommandCompleted)
        {
            string unit = record is RegisterWritten written ? written.Unit : SubjectOf(record);
            return _devices.Any(device => device.Id == unit) || _bridges.Any(bridge => unit == $"host bridge {bridge.Uid}");
        }

        string name = NameOf(record);
        return name.Length > 0 && (_devices.Any(device => IsDevice(device, name, machine)) || _bridges.Any(bridge => IsBridge(bridge, name)) || _windows.Any(window => IsWindow(window, name, machine)));
    }

    private static bool IsDevice(Type3Description device, string name, SimulatedMachine machine)
    {
        DeviceInfo info = machine.Devices.First(candidate => candidate.Id == device.Id);
        return info.Address?.ToString() == name || (machine.MemdevOf(info) is { } memdev && (memdev.Name == name || memdev.Endpoint?.Name == name));
    }

    private static bool IsBridge(HostBridgeDescription bridge, string name) => name == $"pci{bridge.Segment:x4}:{bridge.Bus:x2}";

    /// <summary>The kernel numbers the windows that it could use: the range tells which is which.</summary>
    private static bool IsWindow(WindowDescription window, string name, SimulatedMachine machine) =>
        machine.Kernel?.Cxl.Root?.Decoders.Find(decoder => decoder.Name == name) is { Range: { } range } && range == window.Range;
}

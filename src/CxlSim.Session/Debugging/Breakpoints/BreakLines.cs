using CxlSim.Platform;

namespace CxlSim.Session;

/// <summary>Lines of a platform file at which a breakpoint can stop: there a window, a host bridge, a device or a step begins.</summary>
public static class BreakLines
{
    /// <summary>Ascending, each once.</summary>
    public static IReadOnlyList<int> Of(PlatformDescription platform)
    {
        IEnumerable<object> items = [.. platform.Windows, .. platform.HostBridges, .. platform.Devices];
        return [.. items.Select(item => platform.Sources.LocationOf(item).Line).Concat(platform.Steps.Select(step => step.Location.Line)).Where(line => !new LineTarget(line, platform).IsEmpty).Distinct().Order()];
    }
}

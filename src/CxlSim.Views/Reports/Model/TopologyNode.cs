using CxlSim.Core;

namespace CxlSim.Views;

/// <summary>A component of the machine and what is plugged in below it.</summary>
/// <param name="Kind">host bridge, root port, switch, downstream port, device, or function for what is none of CXL.</param>
/// <param name="Name">As Linux names it: a PCI function, a root bridge.</param>
public sealed record TopologyNode(string Kind, string Name)
{
    /// <summary>What else identifies it: a UID, a port number, the device's name in the platform file.</summary>
    public string Label { get; init; } = string.Empty;

    /// <summary>The CXL port, endpoint or memdev that Linux has of it; empty where there is none.</summary>
    public string CxlName { get; init; } = string.Empty;

    /// <summary>The link above it; null where there is none.</summary>
    public TopologyLink? Link { get; init; }

    /// <summary>The NUMA node that tables say a host bridge is near to; null where none does.</summary>
    public int? Node { get; init; }

    /// <summary>Of a memory device; null for all others.</summary>
    public ByteSize? Capacity { get; init; }

    /// <summary>The regions that a memory device is a member of.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    public IReadOnlyList<TopologyNode> Children { get; init; } = [];
}

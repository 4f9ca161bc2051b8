namespace CxlSim.Platform;

/// <summary>How fast a switch is.</summary>
public sealed record SwitchPathDescription
{
    public static SwitchPathDescription Default { get; } = new();

    /// <summary>The link above it.</summary>
    public LinkDescription Link { get; init; } = new();

    /// <summary>From one of its ports to another, each way. With the link's own latency a switch adds 100 ns, as CXL-DMSim (TCAD 2025) measured it.</summary>
    public double HopNs { get; init; } = 25;
}

using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>A link with its ports.</summary>
/// <param name="Name">For reports.</param>
/// <param name="Cost">How long messages take to leave.</param>
public sealed record LinkParameters(string Name, MessageCost Cost)
{
    /// <summary>Whether a host stands above, which serves reads and writes in turn.</summary>
    public bool IsHost { get; init; } = true;

    /// <summary>From the last slot on the wire to the message at the other side, each way: propagation, retimers, physical and link layers.</summary>
    public SimDuration Latency { get; init; }

    /// <summary>What the component above takes of an answer: a host with its caches and fabric, or a switch.</summary>
    public SimDuration Above { get; init; }

    /// <summary>What the component below takes of a request: a switch; a device's time is its controller's.</summary>
    public SimDuration Below { get; init; }

    /// <summary>How much is handed to the wire at once going down; what comes later waits.</summary>
    public SimDuration DownstreamBuffer { get; init; }

    /// <summary>The same going up.</summary>
    public SimDuration UpstreamBuffer { get; init; }

    /// <summary>Room for messages at the receiver, channel by channel.</summary>
    public ChannelCredits Credits { get; init; } = ChannelCredits.Ample;
}

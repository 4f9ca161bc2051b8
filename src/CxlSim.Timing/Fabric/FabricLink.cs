namespace CxlSim.Timing;

/// <summary>A link: what waits for it and travels on it, in both directions.</summary>
public sealed class FabricLink
{
    /// <param name="fabric">Whose accesses it carries.</param>
    /// <param name="parameters">What it is like.</param>
    public FabricLink(MemoryFabric fabric, LinkParameters parameters)
    {
        Fabric = fabric;
        Parameters = parameters;
        ChannelCredits credits = parameters.Credits;
        Down = new LinkQueue(
            fabric, parameters.Cost, parameters.Latency + parameters.Below, parameters.DownstreamBuffer, MemoryMessage.Req, credits.Req, credits.RwD, parameters.Latency, parameters.IsHost);
        Up = new LinkQueue(
            fabric, parameters.Cost, parameters.Latency + parameters.Above, parameters.UpstreamBuffer, MemoryMessage.Ndr, credits.Ndr, credits.Drs, parameters.Latency, isInTurn: false);
    }

    public LinkParameters Parameters { get; }

    internal MemoryFabric Fabric { get; }

    /// <summary>From the host.</summary>
    public LinkQueue Down { get; }

    /// <summary>To the host.</summary>
    public LinkQueue Up { get; }
}

using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>The way from a host's cores to a memory: links from the host down, and what answers at their end.</summary>
/// <param name="Links">From the host; at least one.</param>
/// <param name="Memory">What answers.</param>
public sealed record MemoryRoute(IReadOnlyList<FabricLink> Links, MemoryEnd Memory)
{
    /// <summary>Where an access comes to, one after the other: the channels down, the memory, the channels up, and the host; each twice, for a read and for a write.</summary>
    internal RouteStep[] Steps { get; } = StepsOf(Links, Memory);

    /// <summary>Where a read begins, and a write.</summary>
    internal MessageChannel[] First { get; } = [Links[0].Down.ChannelOf(AccessKind.Read), Links[0].Down.ChannelOf(AccessKind.Write)];

    /// <summary>What a read takes at least: nothing waits, and wires take no time.</summary>
    public SimDuration Quickest => Links.Aggregate(Memory.Controller + Memory.Media.Quickest, (sum, link) => sum + link.Parameters.Latency + link.Parameters.Latency + link.Parameters.Above + link.Parameters.Below);

    private static RouteStep[] StepsOf(IReadOnlyList<FabricLink> links, MemoryEnd memory)
    {
        MemoryStation end = new(links[0].Fabric, memory);
        HostStation host = new(links[0].Fabric);
        return [.. StepsOf(AccessKind.Read).Zip(StepsOf(AccessKind.Write)).SelectMany(pair => new[] { pair.First, pair.Second })];

        IEnumerable<RouteStep> StepsOf(AccessKind kind)
        {
            MessageChannel[] down = [.. links.Select(link => link.Down.ChannelOf(kind))];
            MessageChannel[] up = [.. links.Reverse().Select(link => link.Up.ChannelOf(kind))];
            return
            [
                .. down.Select((channel, i) => new RouteStep(channel, i > 0 ? down[i - 1] : null)),
                new RouteStep(end, null), // a device keeps a request until its answer goes
                .. up.Select((channel, i) => new RouteStep(channel, i > 0 ? up[i - 1] : down[^1])),
                new RouteStep(host, up[^1]),
            ];
        }
    }
}

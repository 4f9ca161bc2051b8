using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>The way from a host's cores to a memory: links from the host down, and what answers at their end.</summary>
/// <param name="Links">From the host; at least one.</param>
/// <param name="Memory">What answers.</param>
public sealed record MemoryRoute(IReadOnlyList<FabricLink> Links, MemoryEnd Memory)
{
    /// <summary>Where an access comes to, one after the other: the queues down, the memory, the queues up, and the host.</summary>
    internal SimHandler[] Stations { get; } =
    [
        .. Links.Select(link => link.Down),
        new MemoryStation(Links[0].Fabric, Memory),
        .. Links.Reverse().Select(link => link.Up),
        new HostStation(Links[0].Fabric),
    ];

    /// <summary>At each station, the link in whose buffer an access is until it leaves; null for a place of the station's own.</summary>
    internal LinkQueue?[] Behind { get; } =
    [
        null,
        .. Links.SkipLast(1).Select(link => link.Down),
        null, // a device keeps a request until its answer goes
        Links[^1].Down,
        .. Links.Reverse().Select(link => link.Up),
    ];

    /// <summary>Where a request begins.</summary>
    internal LinkQueue FirstDown { get; } = Links[0].Down;

    /// <summary>What a read takes at least: nothing waits, and wires take no time.</summary>
    public SimDuration Quickest => Links.Aggregate(Memory.Controller + Memory.Media.Quickest, (sum, link) => sum + link.Parameters.Latency + link.Parameters.Latency + link.Parameters.Above + link.Parameters.Below);
}

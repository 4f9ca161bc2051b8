using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>The way from a host's cores to a memory: links from the host down, and what answers at their end.</summary>
/// <param name="Links">From the host; at least one.</param>
/// <param name="Memory">What answers.</param>
public sealed record MemoryRoute(IReadOnlyList<FabricLink> Links, MemoryEnd Memory)
{
    internal LinkQueue[] Down { get; } = [.. Links.Select(link => link.Down)];

    internal LinkQueue[] Up { get; } = [.. Links.Select(link => link.Up)];

    /// <summary>What a read takes at least: nothing waits, and wires take no time.</summary>
    public SimDuration Quickest => Links.Aggregate(Memory.Controller + Memory.Media.Quickest, (sum, link) => sum + link.Parameters.Latency + link.Parameters.Latency + link.Parameters.Above + link.Parameters.Below);
}

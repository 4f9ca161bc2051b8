using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>What traffic got: counts and latencies since it was last cleared.</summary>
public sealed class TrafficMeter
{
    /// <summary>Bytes of a line.</summary>
    public const int Line = 64;

    public LatencyHistogram Reads { get; } = new();

    public LatencyHistogram Writes { get; } = new();

    public long Accesses => Reads.Count + Writes.Count;

    public long Bytes => Accesses * Line;

    public void Add(AccessKind kind, SimDuration latency) => (kind == AccessKind.Read ? Reads : Writes).Add(latency);

    public void Clear()
    {
        Reads.Clear();
        Writes.Clear();
    }
}

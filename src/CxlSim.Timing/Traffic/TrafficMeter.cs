using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>What traffic got: counts and latencies since it was last cleared.</summary>
public sealed class TrafficMeter
{
    /// <summary>Bytes of a line.</summary>
    public const int Line = 64;

    public LatencyHistogram Reads { get; } = new();

    public LatencyHistogram Writes { get; } = new();

    /// <summary>Arrivals that found too many under way.</summary>
    public long TurnedAway { get; private set; }

    public long Accesses => Reads.Count + Writes.Count;

    public long Bytes => Accesses * Line;

    public void Add(AccessKind kind, SimDuration latency) => (kind == AccessKind.Read ? Reads : Writes).Add(latency);

    public void TurnAway() => TurnedAway++;

    public void Clear()
    {
        TurnedAway = 0;
        Reads.Clear();
        Writes.Clear();
    }
}

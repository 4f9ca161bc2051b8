using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>What traffic got: counts and latencies since it was last cleared.</summary>
public sealed class TrafficMeter
{
    /// <summary>Bytes of a line.</summary>
    public const int Line = 64;

    /// <summary>By kind: no branch can foresee which one it is.</summary>
    private readonly LatencyHistogram[] _latencies = [new(), new()];

    public LatencyHistogram Reads => _latencies[(int)AccessKind.Read];

    public LatencyHistogram Writes => _latencies[(int)AccessKind.Write];

    /// <summary>Arrivals that found too many under way.</summary>
    public long TurnedAway { get; private set; }

    public long Accesses => Reads.Count + Writes.Count;

    public long Bytes => Accesses * Line;

    public void Add(AccessKind kind, SimDuration latency) => _latencies[(int)kind].Add(latency);

    public void TurnAway() => TurnedAway++;

    public void Clear()
    {
        TurnedAway = 0;
        Reads.Clear();
        Writes.Clear();
    }
}

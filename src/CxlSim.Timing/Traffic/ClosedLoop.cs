using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>So many lines outstanding at a time: each one that is done is followed by another, after a pause. With one line it is a chase of pointers.</summary>
public sealed class ClosedLoop : TrafficSource
{
    private readonly SimRandom _random;
    private readonly IAddressStream _stream;
    private readonly ReadShare _reads;
    private readonly SimDuration _pause;

    /// <param name="fabric">Where accesses go.</param>
    /// <param name="map">Which way they take.</param>
    /// <param name="random">Its own chance.</param>
    /// <param name="stream">To which addresses.</param>
    /// <param name="outstanding">Lines at a time.</param>
    /// <param name="reads">Share of reads, 0 to 1; the others are writes.</param>
    /// <param name="pause">Between the end of one access and the issue of the next, on average.</param>
    public ClosedLoop(MemoryFabric fabric, IAddressMap map, SimRandom random, IAddressStream stream, int outstanding, double reads, SimDuration pause)
        : base(fabric, map)
    {
        _random = random;
        _stream = stream;
        _reads = new ReadShare(reads);
        _pause = pause;
        for (int i = 0; i < outstanding; i++)
        {
            WakeIn(random.Around(pause));
        }
    }

    protected override void OnDone(AccessKind kind, SimDuration latency)
    {
        if (_pause.Picoseconds == 0)
        {
            OnWake();
        }
        else
        {
            WakeIn(_random.Around(_pause));
        }
    }

    protected override void OnWake() => Issue(_reads.Next(_random), _stream.Next());
}

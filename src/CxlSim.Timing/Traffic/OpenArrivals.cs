using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>Accesses that come whether or not earlier ones are done, the time between two by chance, without memory of the one before.</summary>
/// <remarks>Where more come than go, more and more wait; past a limit arrivals are turned away and counted, so that an overload has an end.</remarks>
public sealed class OpenArrivals : TrafficSource
{
    private readonly SimRandom _random;
    private readonly IAddressStream _stream;
    private readonly ReadShare _reads;
    private readonly double _meanPs;
    private readonly int _most;
    private int _underWay;

    /// <param name="fabric">Where accesses go.</param>
    /// <param name="map">Which way they take.</param>
    /// <param name="random">Its own chance.</param>
    /// <param name="stream">To which addresses.</param>
    /// <param name="rate">Arrivals per second; more than none.</param>
    /// <param name="reads">Share of reads, 0 to 1; the others are writes.</param>
    /// <param name="most">Accesses that may be under way.</param>
    public OpenArrivals(MemoryFabric fabric, IAddressMap map, SimRandom random, IAddressStream stream, double rate, double reads, int most)
        : base(fabric, map)
    {
        _random = random;
        _stream = stream;
        _reads = new ReadShare(reads);
        _meanPs = 1e12 / rate;
        _most = most;
        WakeIn(Gap());
    }

    protected override void OnDone(AccessKind kind, SimDuration latency) => _underWay--;

    protected override void OnWake()
    {
        WakeIn(Gap());
        if (_underWay == _most)
        {
            Meter.TurnAway();
            return;
        }

        _underWay++;
        Issue(_reads.Next(_random), _stream.Next());
    }

    /// <summary>Exponential; a chance of zero would take for ever.</summary>
    private SimDuration Gap() => new((long)Math.Round(-_meanPs * Math.Log((_random.Next(1UL << 52) + 1) / (double)(1UL << 52))));
}

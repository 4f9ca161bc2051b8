using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Machine;
using CxlSim.Timing;

namespace CxlSim.Session;

/// <summary>Traffic on a machine, on its own clock: sources are added, then it is measured once, and whatever is under way comes to its end.</summary>
/// <remarks>Each source has chance of its own, by the seed and its number: one more thread does not change what the others do.</remarks>
/// <param name="machine">Which runs.</param>
/// <param name="seed">Another one gives other addresses and gaps.</param>
public sealed class TrafficRun(SimulatedMachine machine, ulong seed)
{
    private static readonly SimDuration LongestEnd = SimDuration.Seconds(3600);

    private readonly List<TrafficSource> _sources = [];
    private ulong _chances;
    private long[] _downs = [];
    private long[] _ups = [];

    public MachineFabric Machine { get; } = machine.NewFabric();

    public MemoryFabric Fabric => Machine.Fabric;

    public IReadOnlyList<TrafficSource> Sources => _sources;

    /// <summary>Measuring begins now, for so long.</summary>
    public event Action<SimDuration>? Counting;

    /// <summary>How long was measured.</summary>
    public SimDuration Span { get; private set; }

    /// <summary>When measuring began.</summary>
    public SimTime Since { get; private set; }

    /// <summary>What the sources got together. Unit: bytes per second.</summary>
    public double Bandwidth => Span.Picoseconds == 0 ? 0 : _sources.Sum(source => (double)source.Meter.Bytes) / (Span.Picoseconds / 1e12);

    /// <summary>What links did since measuring began.</summary>
    public IReadOnlyList<LinkLoad> Links =>
    [
        .. Machine.Links.Select((link, i) => new LinkLoad(link, Share(link.Down.Busy - _downs[i]), Share(link.Up.Busy - _ups[i]))),
    ];

    /// <summary>Chance for the next source or stream.</summary>
    public SimRandom NewRandom() => new(new SimRandom(unchecked((seed * 1_000_003) + ++_chances)).NextUInt64());

    public void Add(TrafficSource source) => _sources.Add(source);

    /// <summary>Runs so long without counting, and then so long counting.</summary>
    public void Measure(SimDuration before, SimDuration span)
    {
        if (before > SimDuration.Zero)
        {
            machine.Simulation.RunWithin(before);
        }

        foreach (TrafficSource source in _sources)
        {
            source.Meter.Clear();
        }

        foreach (MemoryEnd memory in Machine.Memories)
        {
            memory.Clear();
        }

        _downs = [.. Machine.Links.Select(link => link.Down.Busy)];
        _ups = [.. Machine.Links.Select(link => link.Up.Busy)];
        foreach (FabricLink link in Machine.Links)
        {
            link.Down.Clear();
            link.Up.Clear();
        }

        Since = machine.Simulation.Now;
        Counting?.Invoke(span);
        machine.Simulation.RunWithin(span);
        Span = span;
    }

    /// <summary>Counts on until nothing is under way: of sources that end by themselves.</summary>
    public void CountUntilDone()
    {
        SimTime limit = machine.Simulation.Now + LongestEnd;
        while (Fabric.UnderWay > 0 && machine.Simulation.Now < limit && machine.Simulation.Step())
        {
        }

        Span = machine.Simulation.Now - Since;
    }

    /// <summary>Ends the sources and waits for what is under way: nothing is lost, nothing comes twice, no credit stays away.</summary>
    public void Finish()
    {
        _sources.ForEach(source => source.Stop());
        for (SimTime limit = machine.Simulation.Now + LongestEnd; Fabric.UnderWay > 0 && machine.Simulation.Now < limit && machine.Simulation.Step();)
        {
        }

        Check.That(
            Fabric.UnderWay == 0 && Fabric.Issued == Fabric.Done && Machine.Links.All(link => link.Down.IsAtRest && link.Up.IsAtRest),
            "{0} accesses issued, {1} done", Fabric.Issued, Fabric.Done);
    }

    private double Share(long busy) => Math.Min(busy / (double)Math.Max(Span.Picoseconds, 1), 1);
}

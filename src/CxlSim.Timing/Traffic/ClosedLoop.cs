using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>So many lines outstanding at a time: each one that is done is followed by another, after a pause by chance.</summary>
public sealed class ClosedLoop : IAccessOwner, IEventHandler
{
    private const ulong Line = 64;

    /// <summary>Random ones of so many: 16 GiB.</summary>
    private const ulong Lines = 1 << 28;

    private readonly Simulation _simulation;
    private readonly MemoryPath _path;
    private readonly double _reads;
    private readonly SimDuration _pause;
    private SimTime _since;
    private SimTime _until;
    private long _readTime;

    /// <param name="simulation">Whose clock and chance are used.</param>
    /// <param name="path">Where accesses go.</param>
    /// <param name="outstanding">Lines at a time.</param>
    /// <param name="reads">Share of reads, 0 to 1; the others are writes.</param>
    /// <param name="pause">Between the end of one access and the issue of the next: this on average, any up to the double alike.</param>
    public ClosedLoop(Simulation simulation, MemoryPath path, int outstanding, double reads, SimDuration pause)
    {
        _simulation = simulation;
        _path = path;
        _reads = reads;
        _pause = pause;
        for (int i = 0; i < outstanding; i++)
        {
            IssueLater(new SimDuration((long)_simulation.Random.Next((ulong)pause.Picoseconds + 1)));
        }
    }

    /// <summary>Reads that were done since <see cref="Measure"/> began.</summary>
    public long Reads { get; private set; }

    public long Writes { get; private set; }

    /// <summary>Mean over reads. Unit: nanoseconds.</summary>
    public double ReadLatency => _readTime / 1e3 / Reads;

    /// <summary>Data of reads and writes together. Unit: bytes per second.</summary>
    public double Bandwidth => (Reads + Writes) * (double)Line / ((_until - _since).Picoseconds / 1e12);

    /// <summary>Runs so long without counting, and then so long counting.</summary>
    public void Measure(SimDuration before, SimDuration span)
    {
        _simulation.RunWithin(before);
        (Reads, Writes, _readTime, _since) = (0, 0, 0, _simulation.Now);
        _simulation.RunWithin(span);
        _until = _simulation.Now;
    }

    void IAccessOwner.OnDone(AccessKind kind, SimDuration latency)
    {
        if (kind == AccessKind.Read)
        {
            Reads++;
            _readTime += latency.Picoseconds;
        }
        else
        {
            Writes++;
        }

        IssueLater(new SimDuration((long)_simulation.Random.Next(2 * (ulong)_pause.Picoseconds + 1)));
    }

    void IEventHandler.Handle(ulong argument)
    {
        AccessKind kind = _simulation.Random.Next(1 << 20) < _reads * (1 << 20) ? AccessKind.Read : AccessKind.Write;
        _path.Issue(kind, _simulation.Random.Next(Lines) * Line, this);
    }

    private void IssueLater(SimDuration pause) => _simulation.Schedule(pause, EventPriority.Device, this);
}

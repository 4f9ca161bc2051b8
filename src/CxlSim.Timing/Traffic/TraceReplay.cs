using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>Accesses as a trace tells them, line by line, each when the trace says: an open source.</summary>
public sealed class TraceReplay : TrafficSource
{
    private readonly IReadOnlyList<TraceEntry> _entries;
    private readonly SimTime _start;
    private int _next;

    /// <param name="fabric">Where accesses go.</param>
    /// <param name="map">Which way they take.</param>
    /// <param name="entries">In the order of their time.</param>
    public TraceReplay(MemoryFabric fabric, IAddressMap map, IReadOnlyList<TraceEntry> entries)
        : base(fabric, map)
    {
        _entries = entries;
        _start = fabric.Simulation.Now;
        WakeForNext();
    }

    /// <summary>Whether all was issued.</summary>
    public bool IsOver => _next == _entries.Count;

    protected override void OnDone(AccessKind kind, SimDuration latency)
    {
    }

    protected override void OnWake()
    {
        TraceEntry entry = _entries[_next++];
        const ulong line = TrafficMeter.Line;
        ulong first = entry.Address.Value / line;
        ulong last = (entry.Address.Value + (entry.Size - 1)) / line;
        for (ulong i = first; i <= last; i++)
        {
            Issue(entry.Kind, new Hpa(i * line));
        }

        WakeForNext();
    }

    private void WakeForNext()
    {
        if (!IsOver)
        {
            WakeIn(_start + new SimDuration(_entries[_next].Picoseconds) - Fabric.Simulation.Now);
        }
    }
}

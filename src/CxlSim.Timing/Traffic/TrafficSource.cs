using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>What all sources have: a fabric, the way of each address, and what they got.</summary>
/// <param name="fabric">Where accesses go.</param>
/// <param name="map">Which way they take.</param>
public abstract class TrafficSource(MemoryFabric fabric, IAddressMap map) : SimHandler, IAccessOwner
{
    private bool _isStopped;
    private bool _isCounting = true;

    public TrafficMeter Meter { get; } = new();

    /// <summary>The first address that nothing answers, where the source ended; null for none.</summary>
    public Hpa? Unanswered { get; private set; }

    protected MemoryFabric Fabric => fabric;

    /// <summary>Issues nothing from now on; what is under way comes to its end, and is not counted.</summary>
    public void Stop() => (_isStopped, _isCounting) = (true, false);

    void IAccessOwner.OnDone(AccessKind kind, SimDuration latency)
    {
        if (_isCounting)
        {
            Meter.Add(kind, latency);
        }

        OnDone(kind, latency);
    }

    protected override void Handle(ulong argument)
    {
        if (!_isStopped)
        {
            OnWake();
        }
    }

    /// <summary>One of its accesses is done.</summary>
    protected abstract void OnDone(AccessKind kind, SimDuration latency);

    /// <summary>The time that it waited for has come.</summary>
    protected abstract void OnWake();

    /// <summary>Issues an access; nothing once the source is stopped. Ends the source where nothing answers.</summary>
    protected void Issue(AccessKind kind, Hpa address)
    {
        if (_isStopped)
        {
            return;
        }

        if (!map.TryFind(address, out MemoryRoute route, out Dpa target))
        {
            Unanswered = address;
            _isStopped = true; // what was issued before is counted
            return;
        }

        fabric.Issue(kind, route, target, this);
    }

    protected void WakeIn(SimDuration span) => fabric.Simulation.Schedule(span, EventPriority.Device, this);
}

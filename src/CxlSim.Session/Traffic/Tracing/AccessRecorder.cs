using CxlSim.Engine;
using CxlSim.Timing;
using CxlSim.Views;

namespace CxlSim.Session;

/// <summary>Follows the first accesses that are issued from now on, part by part.</summary>
internal sealed class AccessRecorder : IAccessWatch
{
    /// <summary>As many as somebody looks at one by one.</summary>
    public const int Most = 200;

    private readonly MemoryFabric _fabric;
    private readonly List<RecordedAccess> _all = [];
    private readonly Dictionary<int, RecordedAccess> _open = [];

    public AccessRecorder(MemoryFabric fabric)
    {
        _fabric = fabric;
        fabric.Watch = this;
    }

    private SimTime Now => _fabric.Simulation.Now;

    /// <summary>Those that are done, a lane for each that are open at a time.</summary>
    public TrackProcess ToTracks() =>
        new("accesses", TrackLanes.Of("accesses", _all.Where(access => access.Done is not null).Select(access => access.ToSlice(access.Done!.Value))), []);

    void IAccessWatch.OnIssued(int number, AccessKind kind, MemoryRoute route)
    {
        if (_all.Count < Most)
        {
            RecordedAccess access = new(kind, route, Now);
            _all.Add(access);
            _open[number] = access;
        }
    }

    void IAccessWatch.OnSent(int number, SimTime came, SimTime gone, SimTime there)
    {
        if (_open.TryGetValue(number, out RecordedAccess? access))
        {
            access.Sent(came, Now, gone, there);
        }
    }

    void IAccessWatch.OnServed(int number, SimTime done, SimTime answered)
    {
        if (_open.TryGetValue(number, out RecordedAccess? access))
        {
            access.Served(Now, done, answered);
        }
    }

    void IAccessWatch.OnDone(int number)
    {
        if (_open.Remove(number, out RecordedAccess? access))
        {
            access.Done = Now;
            if (_all.Count == Most && _open.Count == 0)
            {
                _fabric.Watch = null;
            }
        }
    }
}

using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>A core that works through streams: so many lines at once, then a pause, whatever is still under way; at most so many under way, for a core has no room for more.</summary>
public sealed class PacedThread : TrafficSource
{
    private readonly SimRandom _random;
    private readonly ThreadPace _pace;
    private readonly MixStep[] _round;
    private int _step;
    private int _owed;
    private int _reads;
    private int _writes;
    private int _mostReads;

    /// <param name="fabric">Where accesses go.</param>
    /// <param name="map">Which way they take.</param>
    /// <param name="random">Its own chance.</param>
    /// <param name="pace">How fast they come.</param>
    /// <param name="round">What is done, again and again.</param>
    public PacedThread(MemoryFabric fabric, IAddressMap map, SimRandom random, ThreadPace pace, IReadOnlyList<MixStep> round)
        : base(fabric, map)
    {
        _random = random;
        _pace = pace;
        _round = [.. round];
        _mostReads = pace.MostReads;
        WakeIn(random.Around(pace.Pause));
    }

    protected override void OnDone(AccessKind kind, SimDuration latency)
    {
        if (kind == AccessKind.Read)
        {
            _reads--;
            _mostReads = latency > _pace.Congested ? _pace.CongestedReads : _pace.MostReads;
        }
        else
        {
            _writes--;
        }

        if (_owed > 0)
        {
            IssueOwed();
        }
    }

    protected override void OnWake()
    {
        _owed = _pace.Burst;
        IssueOwed();
    }

    private void IssueOwed()
    {
        while (_owed > 0)
        {
            MixStep step = _round[_step];
            bool isRead = step.Kind == AccessKind.Read;
            if (isRead ? _reads >= _mostReads : _writes == _pace.MostWrites)
            {
                return;
            }

            _step = _step + 1 == _round.Length ? 0 : _step + 1;
            if (isRead)
            {
                _reads++;
            }
            else
            {
                _writes++;
            }

            Issue(step.Kind, step.Stream.Next());
            if (--_owed > 0)
            {
                continue;
            }

            if (_pace.Pause.Picoseconds == 0)
            {
                _owed = _pace.Burst;
            }
            else
            {
                WakeIn(_random.Around(_pace.Pause));
            }
        }
    }
}

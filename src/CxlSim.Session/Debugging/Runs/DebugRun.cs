using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Kernel;
using CxlSim.Machine;
using CxlSim.Views;

namespace CxlSim.Session;

/// <summary>One way forward from power-on: boot, then what is done to the machine, with what was set at its points. Goes as far as it is told, and never back.</summary>
internal sealed class DebugRun : ITraceSink
{
    private readonly List<DebugSet> _sets;
    private readonly IReadOnlyList<Breakpoint> _breakpoints;
    private readonly Dictionary<int, long> _counts = [];
    private readonly List<BreakHit> _hits = [];
    private readonly DebugStory _story;
    private readonly DebugScript _script;
    private Func<bool> _isEnough = () => true;
    private DebugTrail _trail;
    private int _recorded;
    private DebugAct? _act;
    private KernelRefusals? _refusals;
    private long _refused;
    private int _acts;
    private int _setsPosted;
    private bool _hasBooted;
    private bool _isMoving = true;

    /// <param name="story">What is gone through.</param>
    /// <param name="sets">What is set on the way.</param>
    /// <param name="breakpoints">Those that there are by now; who deletes one takes it out of the list.</param>
    /// <param name="trail">Of this story, with these breakpoints, as far as somebody came through it.</param>
    public DebugRun(DebugStory story, IReadOnlyList<DebugSet> sets, IReadOnlyList<Breakpoint> breakpoints, DebugTrail trail)
    {
        _trail = trail;
        _story = story;
        _sets = [.. sets];
        _breakpoints = breakpoints;
        Machine = new SimulatedMachine(story.Platform, story.Seed);
        Session = new MachineSession(Machine) { BeforeEvent = BeforeEventOfAct };
        _script = story.Begin(Session);
        Machine.Simulation.AddSink(this);
        if (breakpoints.Count > 0)
        {
            Machine.Simulation.FrameEntered += frame => Match(target => target.OnFrame(frame));
            Machine.Accessed += access => Match(target => target.OnAccess(access));
            Machine.RegisterWritten += write => Match(target => target.OnWrite(write));
        }

        Machine.PowerOn();
        AddPoint();
        _isMoving = false;
    }

    public SimulatedMachine Machine { get; }

    public MachineSession Session { get; }

    public DebugPosition Position => new(Machine.Simulation.EventNumber, _acts);

    /// <summary>How many points it came through, this one included.</summary>
    public int Points { get; private set; }

    /// <summary>Those points.</summary>
    public IReadOnlyList<DebugPosition> Positions => new DebugPrefix<DebugPosition>(_trail.Points, Points);

    public IReadOnlyList<DebugRecord> Records => new DebugPrefix<DebugRecord>(_trail.Records, _recorded);

    /// <summary>With what others found ahead of it.</summary>
    public DebugTrail Trail => _trail;

    /// <summary>What the platform's steps answered that are done.</summary>
    public IReadOnlyList<StepOutcome> Steps => _script.Steps;

    /// <summary>How many steps or recorded requests are done.</summary>
    public int Done => _script.Done;

    /// <summary>What is not as it was recorded; null where nothing is, or nothing was recorded.</summary>
    public string? Difference => _script.Difference;

    /// <summary>The breakpoints that the last movement met.</summary>
    public IReadOnlyList<BreakHit> Hits => _hits;

    /// <summary>A bug of ours that came out of the last movement: it goes no further. Null where none did.</summary>
    public Exception? Bug { get; private set; }

    /// <summary>Which set was posted last; null where none was.</summary>
    public Request? LastSet { get; private set; }

    private bool IsIdle => !Machine.Simulation.HasPendingEvents && Machine.Simulation.Inbox.IsEmpty;

    /// <summary>Something is set where it stands.</summary>
    public void Set(DebugSet set) => Replace(set, _trail.Fork(Points, _recorded));

    /// <summary>Something is set at a point that is not passed, in place of all that would have been set from there on.</summary>
    /// <param name="set">At that point.</param>
    /// <param name="trail">Of the story that it becomes.</param>
    public void Replace(DebugSet set, DebugTrail trail)
    {
        _trail = trail;
        _sets.RemoveAll(later => later.At >= set.At);
        _sets.Add(set);
    }

    /// <summary>Breakpoints that were deleted while it stood aside were not met.</summary>
    public void ForgetDeleted() => _hits.RemoveAll(hit => !_breakpoints.Contains(hit.Breakpoint));

    public long CountOf(Breakpoint breakpoint) => _counts.GetValueOrDefault(breakpoint.Number);

    /// <summary>Goes on until it is enough; that is asked at every point, the present one first. False where nothing is left to do before, or a bug came.</summary>
    public bool Go(Func<bool> isEnough)
    {
        _isEnough = isEnough;
        _isMoving = true;
        try
        {
            bool isThere = IsEnough();
            while (!isThere && Move())
            {
                isThere = IsEnough();
            }

            return isThere;
        }
        catch (Exception bug)
        {
            Bug = bug; // what a user or a modelled machine can do wrong is a value
            AddPoint();
            return false;
        }
        finally
        {
            _isMoving = false;
        }
    }

    /// <summary>Nobody wants it any more.</summary>
    public void GiveUp()
    {
        _act?.GiveUp();
        _act = null;
    }

    void ITraceSink.Record(SimTime time, long eventNumber, TraceRecord record)
    {
        if (!_isMoving)
        {
            return; // who looks is no part of the story
        }

        if (_recorded++ == _trail.Records.Count)
        {
            _trail.Records.Add(new DebugRecord(Position, time, record));
        }

        if (_breakpoints.Count > 0)
        {
            MatchRecord(record);
        }
    }

    private bool IsEnough()
    {
        AddPoint();
        return _isEnough();
    }

    private void AddPoint()
    {
        DebugPosition now = Position;
        if (Points == 0 || _trail.Points[Points - 1] != now)
        {
            if (Points == _trail.Points.Count)
            {
                _trail.Points.Add(now);
            }

            Check.That(_trail.Points[Points] == now, "a run anew that comes through the same points");
            Points++;
            _story.Driven++;
        }

        // What is known of a breakpoint that was deleted since stays known: who goes back to it asks whether it is there.
        if (_hits.Count > 0 && Points == _trail.Points.Count && (_trail.HitPoints.Count == 0 || _trail.HitPoints[^1].Position != now))
        {
            _trail.HitPoints.Add(new DebugHitPoint(now, [.. _hits.Select(hit => hit.Breakpoint)]));
        }
    }

    private bool Move()
    {
        if (_act is not null)
        {
            Resume();
            return true;
        }

        bool isIdle = IsIdle && !HasSet;
        if (Bug is not null || !(_script.IsDue(isIdle) || (!isIdle && !_script.IsOver)))
        {
            _script.End();
            return false;
        }

        _hits.Clear();
        PostSets();
        while (_script.IsDue(IsIdle))
        {
            if (!Begin())
            {
                return true;
            }
        }

        Step();
        MatchRefusals();
        return true;
    }

    /// <summary>The boot ends with its last event; what comes later knows no boot.</summary>
    private void Step()
    {
        if (_hasBooted)
        {
            Machine.Simulation.Step();
            return;
        }

        Machine.Step();
        _hasBooted = IsIdle;
    }

    /// <summary>False where it takes events of its own, and has come to a point; true where it is only posted.</summary>
    private bool Begin()
    {
        _acts++;
        if (_script.Step is { } step)
        {
            Match(target => target.OnStep(step));
        }

        if (_script.IsPosted)
        {
            _script.Do();
            return true;
        }

        _act = new DebugAct(_script.Do);
        Resume();
        return false;
    }

    private void Resume()
    {
        DebugAct act = _act!;
        try
        {
            act.Resume();
        }
        finally
        {
            _act = act.IsDone ? null : act;
        }

        MatchRefusals();
    }

    private void BeforeEventOfAct()
    {
        if (!_isMoving || IsIdle)
        {
            return;
        }

        MatchRefusals();
        if (IsEnough())
        {
            _act!.Pause();
        }

        _hits.Clear();
        PostSets();
    }

    private bool HasSet => _setsPosted < _sets.Count && _sets[_setsPosted].At == Position && _sets[_setsPosted].NewRequest(Machine) is not null;

    private void PostSets()
    {
        while (HasSet)
        {
            DebugSet set = _sets[_setsPosted++];
            _script.OnSet(set);
            _acts++;
            LastSet = set.NewRequest(Machine)!;
            Machine.Simulation.Inbox.Post(LastSet);
        }
    }

    private void MatchRecord(TraceRecord record) => Match(target => target.OnRecord(record, Machine));

    private void MatchRefusals()
    {
        if (Machine.Kernel?.Refusals is not { } refusals || (refusals == _refusals && refusals.Count == _refused))
        {
            return;
        }

        if (refusals != _refusals)
        {
            (_refusals, _refused) = (refusals, 0); // another kernel counts anew
        }

        foreach (Refusal refusal in _breakpoints.Count > 0 ? refusals.Since(_refused) : [])
        {
            Match(target => target.OnRefusal(refusal));
        }

        _refused = refusals.Count;
    }

    private void Match(Func<BreakTarget, BreakMatch?> ask)
    {
        foreach (Breakpoint breakpoint in _isMoving ? _breakpoints : []) // who looks at memory here is the user, not the machine
        {
            if (ask(breakpoint.Target) is not { } match)
            {
                continue;
            }

            long count = _counts[breakpoint.Number] = CountOf(breakpoint) + 1;
            if (breakpoint.Holds(match, count, Machine.Simulation) && _hits.TrueForAll(hit => hit.Breakpoint != breakpoint))
            {
                _hits.Add(new BreakHit(breakpoint, match.What, count, match.Frames ?? [.. Machine.Simulation.CurrentThread?.Frames ?? []]) { Line = match.Line });
            }
        }
    }
}

using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Kernel;
using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Views;

namespace CxlSim.Session;

/// <summary>One way forward from power-on: boot, then the steps of the platform file, with what was set at its points. Goes as far as it is told, and never back.</summary>
internal sealed class DebugRun : ITraceSink
{
    private readonly List<DebugSet> _sets;
    private readonly IReadOnlyList<Breakpoint> _breakpoints;
    private readonly Dictionary<int, long> _counts = [];
    private readonly List<DebugPosition> _positions = [];
    private readonly List<DebugRecord> _records = [];
    private readonly List<StepOutcome> _steps = [];
    private readonly List<BreakHit> _hits = [];
    private readonly StepRunner _runner;
    private Func<bool> _isEnough = () => true;
    private KernelRefusals? _refusals;
    private long _refused;
    private int _acts;
    private int _setsPosted;
    private bool _isMoving = true;

    public DebugRun(PlatformDescription platform, ulong seed, IReadOnlyList<DebugSet> sets, IReadOnlyList<Breakpoint> breakpoints)
    {
        _sets = [.. sets];
        _breakpoints = breakpoints;
        Machine = new SimulatedMachine(platform, seed);
        Session = new MachineSession(Machine) { BeforeEvent = BeforeEventOfStep };
        _runner = new StepRunner(Session);
        Machine.Simulation.AddSink(this);
        Machine.Simulation.FrameEntered += frame => Match(target => target.OnFrame(frame));
        Machine.Accessed += access => Match(target => target.OnAccess(access));
        Machine.PowerOn();
        _positions.Add(Position);
        _isMoving = false;
    }

    public SimulatedMachine Machine { get; }

    public MachineSession Session { get; }

    public DebugPosition Position => new(Machine.Simulation.EventNumber, _acts);

    /// <summary>Every point that it came through, this one included.</summary>
    public IReadOnlyList<DebugPosition> Positions => _positions;

    public IReadOnlyList<DebugRecord> Records => _records;

    /// <summary>What the steps of the file answered that are done.</summary>
    public IReadOnlyList<StepOutcome> Steps => _steps;

    /// <summary>The breakpoints that the last movement met.</summary>
    public IReadOnlyList<BreakHit> Hits => _hits;

    /// <summary>It stands inside a step of the file and cannot go on.</summary>
    public bool IsBrokenOff { get; private set; }

    /// <summary>Which set was posted last; null where none was.</summary>
    public SysfsWriteRequest? LastSet { get; private set; }

    /// <summary>Something is set here, in place of all that would have been set from here on.</summary>
    public void Replace(DebugSet set)
    {
        _sets.RemoveRange(_setsPosted, _sets.Count - _setsPosted);
        _sets.Add(set);
    }

    public long CountOf(Breakpoint breakpoint) => _counts.GetValueOrDefault(breakpoint.Number);

    /// <summary>Goes on until it is enough; that is asked at every point, the present one first. False where nothing is left to do before.</summary>
    public bool Go(Func<bool> isEnough)
    {
        Check.That(!IsBrokenOff, "a run that can go on");
        _isEnough = isEnough;
        _isMoving = true;
        bool isThere = IsEnough();
        while (!isThere && Move())
        {
            isThere = IsEnough();
        }

        _isMoving = false;
        return isThere;
    }

    void ITraceSink.Record(SimTime time, long eventNumber, TraceRecord record)
    {
        _records.Add(new DebugRecord(Position, time, record));
        Match(target => target.OnRecord(record, Machine));
    }

    private bool IsEnough()
    {
        if (_positions[^1] != Position)
        {
            _positions.Add(Position);
        }

        return _isEnough();
    }

    private bool Move()
    {
        if (IsBrokenOff)
        {
            return false;
        }

        _hits.Clear();
        PostSets();
        if (Machine.Step())
        {
            MatchRefusals();
            return true;
        }

        if (Machine.Phase == Phase.Running && _steps.Count < Machine.Platform.Steps.Count)
        {
            RunStep(Machine.Platform.Steps[_steps.Count]);
            return true;
        }

        return false;
    }

    private void RunStep(StepDescription step)
    {
        _acts++;
        Match(target => target.OnStep(step));
        try
        {
            _steps.Add(_runner.Run(step));
            MatchRefusals();
        }
        catch (DebugBreakOff)
        {
            IsBrokenOff = true;
        }
    }

    private void BeforeEventOfStep()
    {
        if (!Machine.Simulation.HasPendingEvents && Machine.Simulation.Inbox.IsEmpty)
        {
            return;
        }

        MatchRefusals();
        if (IsEnough())
        {
            throw new DebugBreakOff();
        }

        _hits.Clear();
        PostSets();
    }

    private void PostSets()
    {
        while (_setsPosted < _sets.Count && _sets[_setsPosted].At == Position && Machine.Kernel is { } kernel)
        {
            DebugSet set = _sets[_setsPosted++];
            _acts++;
            LastSet = new SysfsWriteRequest(kernel, set.Path, set.Value);
            Machine.Simulation.Inbox.Post(LastSet);
        }
    }

    private void MatchRefusals()
    {
        if (Machine.Kernel?.Refusals is not { } refusals)
        {
            return;
        }

        if (refusals != _refusals)
        {
            (_refusals, _refused) = (refusals, 0); // another kernel counts anew
        }

        foreach (Refusal refusal in refusals.Since(_refused))
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

using System.Security.Cryptography;
using System.Text;
using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Views;

namespace CxlSim.Session;

/// <summary>A machine that goes forward and backward. Backward is forward again, from power-on to the point before: one boot at most.</summary>
/// <remarks>What is set stays part of the story: it is written again at its point by every run anew, until something else is set before it.</remarks>
public sealed class DebugSession
{
    private readonly PlatformDescription _platform;
    private readonly ulong _seed;
    private readonly List<DebugSet> _sets = [];
    private readonly List<Breakpoint> _breakpoints = [];
    private DebugRun _run;
    private int _lastNumber;

    public DebugSession(PlatformDescription platform, ulong seed = 0)
    {
        _platform = platform;
        _seed = seed;
        _run = NewRun();
    }

    /// <summary>Asked before each event of a movement: true stops the machine where it is, or leaves it where it was if it is not there again yet.</summary>
    public Func<bool> IsInterrupted { get; set; } = () => false;

    public SimulatedMachine Machine => _run.Machine;

    /// <summary>For looking only: what acts on the machine is no part of the story.</summary>
    public MachineSession Session => _run.Session;

    /// <summary>Something is set here: what happens from now on may be another story. Raised before it is.</summary>
    public event Action? StoryChanges;

    public DebugPosition Position => _run.Position;

    /// <summary>What happened so far.</summary>
    public IReadOnlyList<DebugRecord> Records => _run.Records;

    /// <summary>What the last movement brought.</summary>
    public IEnumerable<DebugRecord> Latest => _run.Records.Reverse().TakeWhile(record => record.Position == Position).Reverse();

    /// <summary>Answers of the steps of the platform file that are done.</summary>
    public IReadOnlyList<StepOutcome> Steps => _run.Steps;

    public IReadOnlyList<Breakpoint> Breakpoints => _breakpoints;

    /// <summary>Breakpoints that were met where the machine stands.</summary>
    public IReadOnlyList<BreakHit> Hits => _run.Hits;

    /// <summary>The stack of the thread that ran in the event at hand, outermost first; empty where none did.</summary>
    public IReadOnlyList<SimFrame> Frames => Machine.Simulation.LastThread?.Frames ?? [];

    /// <summary>SHA-256 of all trace lines so far.</summary>
    public string TraceHash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Concat(Records.Select(record => TraceText.Line(record.Time, record.Position.Event, record.Record) + "\n")))));

    public DebugStop Step(int count = 1) => Forward(run =>
    {
        int goal = run.Positions.Count + count;
        return () => run.Positions.Count >= goal;
    });

    /// <summary>To the next thing that happens to an object: created, bound, refused, written, a milestone.</summary>
    public DebugStop Next() => Until(record => record.Record is not (LogLine or RegisterWritten or CommandCompleted or RequestServed));

    public DebugStop NextPhase() => Until(record => record.Record is PhaseEntered);

    /// <summary>To a phase or milestone by its name.</summary>
    public DebugStop RunUntil(string name) => Until(record => ((record.Record as PhaseEntered)?.Phase ?? (record.Record as MilestoneReached)?.Milestone) == name);

    /// <summary>To the first event no earlier than a time.</summary>
    public DebugStop RunUntil(SimTime time) => Machine.Simulation.Now >= time ? NotAhead : Forward(run => () => run.Machine.Simulation.Now >= time);

    /// <summary>To an event by its number.</summary>
    public DebugStop RunUntil(long eventNumber) => Position.Event >= eventNumber ? NotAhead : Forward(run => () => run.Position.Event >= eventNumber);

    /// <summary>Until the innermost function of the running thread is left.</summary>
    public DebugStop Finish() => Frames.Count == 0 ? NotAhead : Forward(run =>
    {
        SimThread thread = run.Machine.Simulation.LastThread!;
        int depth = thread.Frames.Count;
        return () => thread.IsDone || thread.Frames.Count < depth;
    });

    public DebugStop Continue() => Forward(_ => () => false);

    /// <summary>To the end of the next step of the platform file.</summary>
    public DebugStop StepFile()
    {
        int goal = Steps.Count + 1;
        return goal > _platform.Steps.Count ? NotAhead : Forward(run => () => run.Steps.Count >= goal);
    }

    /// <summary>To a point of this run, ahead or behind; ahead a breakpoint may come first.</summary>
    public DebugStop GoTo(DebugPosition position) => position < Position ? BackTo(position) : position == Position ? NotAhead : Forward(run => () => run.Position >= position);

    public DebugStop Back(int count = 1)
    {
        int index = Math.Max(0, _run.Positions.Count - 1 - count);
        return Position == DebugPosition.Zero ? new DebugStop(DebugStopReason.Start, []) : BackTo(_run.Positions[index]);
    }

    /// <summary>To where the phase at hand began; from there, to the beginning of the one before.</summary>
    public DebugStop BackPhase() =>
        Records.LastOrDefault(record => record.Record is PhaseEntered && record.Position < Position) is { } phase
            ? BackTo(phase.Position)
            : new DebugStop(DebugStopReason.Start, []);

    /// <summary>To the last breakpoint met before; to power-on where there is none.</summary>
    public DebugStop ReverseContinue()
    {
        DebugPosition now = Position;
        DebugPosition found = DebugPosition.Zero;
        bool hasHit = false;
        DebugRun scout = NewRun();
        bool interrupted = false;
        scout.Go(() =>
        {
            interrupted = IsInterrupted();
            if (interrupted || scout.Position >= now)
            {
                return true;
            }

            if (scout.Hits.Count > 0)
            {
                (found, hasHit) = (scout.Position, true);
            }

            return false;
        });
        if (interrupted)
        {
            return new DebugStop(DebugStopReason.Interrupted, []);
        }

        BackTo(found);
        return hasHit ? new DebugStop(DebugStopReason.Breakpoint, [.. _run.Hits]) : new DebugStop(DebugStopReason.Start, []);
    }

    /// <summary>Writes an attribute here, and goes on until it is answered or a breakpoint is met. What was set later is forgotten. ENXIO before the kernel runs.</summary>
    /// <param name="path">Below /sys.</param>
    /// <param name="value">Without a line end.</param>
    /// <param name="error">The answer; null where a breakpoint came first.</param>
    public DebugStop Set(string path, string value, out Errno? error)
    {
        error = Errno.ENXIO;
        if (Machine.Kernel is null)
        {
            return NotAhead;
        }

        StoryChanges?.Invoke();
        DebugSet set = new(Position, path, value);
        _sets.RemoveAll(later => later.At >= Position);
        _sets.Add(set);
        _run.Replace(set);
        SysfsWriteRequest? posted = null;
        DebugStop stop = Forward(run =>
        {
            SysfsWriteRequest? before = run.LastSet;
            return () => (posted = run.LastSet == before ? null : run.LastSet) is { IsDone: true };
        });
        error = posted is { IsDone: true } ? posted.Error : null;
        return stop;
    }

    /// <summary>Adds a breakpoint. Its hits count from power-on.</summary>
    /// <param name="text">As <see cref="BreakpointParser"/> reads it.</param>
    /// <param name="error">What is wrong with the text; empty where nothing is.</param>
    public Breakpoint? Break(string text, out string error)
    {
        if (BreakpointParser.Parse(text, _lastNumber + 1, _platform, out error) is not { } breakpoint)
        {
            return null;
        }

        Add(breakpoint);
        return breakpoint;
    }

    /// <summary>Adds a breakpoint at a line of the script.</summary>
    public Breakpoint Break(BootScriptLine line)
    {
        Breakpoint breakpoint = new(_lastNumber + 1, line.Text, new ScriptTarget(line.Key), BreakCondition.CountIs((ulong)line.Occurrence));
        Add(breakpoint);
        return breakpoint;
    }

    /// <summary>All that happens from power-on to the end, with what is set on the way; this machine does not move.</summary>
    public BootScript Script() => BootScriptBuilder.Build(breakpoint => new DebugRun(_platform, _seed, _sets, [breakpoint]));

    /// <summary>False where there is no breakpoint of the number.</summary>
    public bool Delete(int number) => _breakpoints.RemoveAll(breakpoint => breakpoint.Number == number) > 0;

    /// <summary>How often a breakpoint's place was met since power-on.</summary>
    public long CountOf(Breakpoint breakpoint) => _run.CountOf(breakpoint);

    /// <summary>The machine as it is after an event, as a text; this one does not move.</summary>
    public string DumpAt(long eventNumber)
    {
        DebugRun run = NewRun();
        run.Go(() => run.Position.Event >= eventNumber);
        return MachineDump.Render(run.Machine);
    }

    private void Add(Breakpoint breakpoint)
    {
        _lastNumber = breakpoint.Number;
        _breakpoints.Add(breakpoint);
        _run = ReplayTo(Position);
    }

    private static DebugStop NotAhead => new(DebugStopReason.NotAhead, []);

    private DebugRun NewRun() => new(_platform, _seed, _sets, _breakpoints);

    private DebugStop Until(Func<DebugRecord, bool> isIt) => Forward(run =>
    {
        int known = run.Records.Count;
        return () => run.Records.Skip(known).Any(isIt);
    });

    /// <summary>Goes on from here. Inside a step of the file that needs a run anew: what the step was about to do is known to that run only.</summary>
    private DebugStop Forward(Func<DebugRun, Func<bool>> goal)
    {
        DebugPosition start = Position;
        DebugRun run = _run.IsBrokenOff ? NewRun() : _run;
        Func<bool>? isThere = null;
        bool arrived = false;
        bool interrupted = false;
        bool stopped = run.Go(() =>
        {
            interrupted = IsInterrupted();
            if (interrupted || run.Position < start)
            {
                return interrupted;
            }

            if (isThere is null)
            {
                isThere = goal(run);
                return false;
            }

            arrived = isThere();
            return arrived || (run.Position > start && run.Hits.Count > 0);
        });
        if (interrupted && run.Position < start)
        {
            return new DebugStop(DebugStopReason.Interrupted, []);
        }

        _run = run;
        BreakHit[] hits = run.Position > start ? [.. run.Hits] : [];
        return new DebugStop(interrupted ? DebugStopReason.Interrupted : hits.Length > 0 ? DebugStopReason.Breakpoint : arrived ? DebugStopReason.Arrived : stopped ? DebugStopReason.Breakpoint : DebugStopReason.End, hits);
    }

    private DebugStop BackTo(DebugPosition position)
    {
        _run = ReplayTo(position);
        return new DebugStop(DebugStopReason.Arrived, []);
    }

    private DebugRun ReplayTo(DebugPosition position)
    {
        DebugRun run = NewRun();
        run.Go(() => run.Position >= position);
        Check.That(run.Position == position, "a run anew that comes to the same point");
        return run;
    }
}

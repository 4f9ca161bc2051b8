using System.Security.Cryptography;
using System.Text;
using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Views;

namespace CxlSim.Session;

/// <summary>A machine that goes forward and backward. Backward is forward again, from power-on or from where a replica stands before the goal: one boot at most.</summary>
/// <remarks>What is set stays part of the story: it is written again at its point by every run anew, until something else is set before it.</remarks>
public sealed class DebugSession : IDisposable
{
    /// <summary>Points that <see cref="Prepare"/> goes at once: milliseconds.</summary>
    private const int Bit = 500;

    private readonly DebugStory _story;
    private readonly DebugReplicas _replicas = new();
    private readonly List<DebugSet> _sets = [];
    private readonly List<Breakpoint> _breakpoints = [];
    private DebugRun _run;
    private int _lastNumber;
    private bool _hasGoneBack;

    /// <summary>Boot and steps of a platform file.</summary>
    public DebugSession(PlatformDescription platform, ulong seed = 0)
        : this(new DebugStory(platform, seed, null))
    {
    }

    /// <summary>What was recorded: the boot, then each request at its event.</summary>
    public DebugSession(Recording recording)
        : this(new DebugStory(recording.Platform, recording.Header.Seed, recording))
    {
    }

    private DebugSession(DebugStory story)
    {
        _story = story;
        _run = NewRun(new DebugTrail());
    }

    /// <summary>Asked before each event of a movement: true stops the machine where it is, or leaves it where it was if it is not there again yet.</summary>
    public Func<bool> IsInterrupted { get; set; } = () => false;

    /// <summary>From how many points on a run is long enough for replicas.</summary>
    public int ReplicasFrom { get; init; } = 2000;

    /// <summary>What all that cost: the points that machines came through so far, this one and those that were run anew or lag behind.</summary>
    public long Driven => _story.Driven;

    /// <summary>What is not as it was recorded, and since when; null where nothing is, or nothing was recorded.</summary>
    public string? Difference => _run.Difference;

    /// <summary>The bug of the simulator that the machine stands at, and cannot go beyond; null where there is none.</summary>
    public Exception? Bug => _run.Bug;

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
        int goal = run.Points + count;
        return () => run.Points >= goal;
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

    /// <summary>To the end of the next step of the platform file, or of the next request of a recording; one of a program only begins there.</summary>
    public DebugStop StepFile()
    {
        int goal = _run.Done + 1;
        return goal > _story.Count ? NotAhead : Forward(run => () => run.Done >= goal);
    }

    /// <summary>To a point of this run, ahead or behind; ahead a breakpoint may come first.</summary>
    public DebugStop GoTo(DebugPosition position) => position < Position ? BackTo(position) : position == Position ? NotAhead : Forward(run => () => run.Position >= position);

    public DebugStop Back(int count = 1)
    {
        int index = Math.Max(0, _run.Points - 1 - count);
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
        DebugHitPoint? found = _run.Trail.HitPoints.LastOrDefault(point => point.Position < now && point.Breakpoints.Any(_breakpoints.Contains));
        DebugStop back = BackTo(found?.Position ?? DebugPosition.Zero);
        return back.Reason == DebugStopReason.Interrupted ? back
            : found is null ? new DebugStop(DebugStopReason.Start, []) : new DebugStop(DebugStopReason.Breakpoint, [.. _run.Hits]);
    }

    /// <summary>Gets ready for going back while nobody waits, a bit at a time. False where there is nothing to do: before somebody went back, and in short runs.</summary>
    public bool Prepare() => _hasGoneBack && _run.Points >= ReplicasFrom && _replicas.Prepare(_run.Positions, () => NewRun(_run.Trail), Bit);

    /// <summary>Ends what stands in the middle of a step.</summary>
    public void Dispose()
    {
        _replicas.Clear();
        _run.GiveUp();
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

        DebugStop stop = Set(new DebugAttributeSet(Position, path, value), out Request? answered);
        error = (answered as SysfsWriteRequest)?.Error;
        return stop;
    }

    /// <summary>Stores to memory here as a CPU would, and goes on until that is done or a breakpoint is met. What was set later is forgotten.</summary>
    /// <param name="address">The first byte.</param>
    /// <param name="bytes">What is stored.</param>
    /// <param name="result">Whether something took it; null where a breakpoint came first.</param>
    public DebugStop Set(Hpa address, ReadOnlyMemory<byte> bytes, out BusResult? result)
    {
        DebugStop stop = Set(new DebugMemorySet(Position, address, bytes), out Request? answered);
        result = (answered as MemoryWriteRequest)?.Result;
        return stop;
    }

    /// <summary>Writes a register here as software would, and goes on until that is done or a breakpoint is met. What was set later is forgotten.</summary>
    /// <param name="unit">One of the machine's.</param>
    /// <param name="register">One of the unit's.</param>
    /// <param name="value">No wider than the register; the hardware takes the bits that its masks and locks let through.</param>
    /// <param name="write">What the register said before and after; null where a breakpoint came first.</param>
    public DebugStop Set(RegisterUnit unit, Register register, ulong value, out RegisterWriteRequest? write)
    {
        int number = Machine.RegisterUnits.TakeWhile(candidate => candidate != unit).Count();
        Check.That(number < Machine.RegisterUnits.Count, "a unit of the machine of now, not {0} of another", unit.Name);
        DebugStop stop = Set(new DebugRegisterSet(Position, number, register.Space.Name, register.Offset, value), out Request? answered);
        write = answered as RegisterWriteRequest;
        return stop;
    }

    /// <summary>Adds a breakpoint. Its hits count from power-on.</summary>
    /// <param name="text">As <see cref="BreakpointParser"/> reads it.</param>
    /// <param name="error">What is wrong with the text; empty where nothing is.</param>
    public Breakpoint? Break(string text, out string error)
    {
        if (BreakpointParser.Parse(text, _lastNumber + 1, _story.Platform, out error) is not { } breakpoint)
        {
            return null;
        }

        if (breakpoint.Target is RegisterTarget target && !target.MayMeet(Machine.RegisterUnits, out error))
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
    public BootScript Script() => BootScriptBuilder.Build(breakpoint => new DebugRun(_story, _sets, [breakpoint], new DebugTrail()));

    /// <summary>False where there is no breakpoint of the number.</summary>
    public bool Delete(int number) => _breakpoints.RemoveAll(breakpoint => breakpoint.Number == number) > 0;

    /// <summary>How often a breakpoint's place was met since power-on.</summary>
    public long CountOf(Breakpoint breakpoint) => _run.CountOf(breakpoint);

    /// <summary>The machine as it is after an event, as a text; this one does not move.</summary>
    public string DumpAt(long eventNumber)
    {
        DebugRun run = NewRun(_run.Trail);
        run.Go(() => run.Position.Event >= eventNumber);
        string dump = MachineDump.Render(run.Machine);
        run.GiveUp();
        return dump;
    }

    private void Add(Breakpoint breakpoint)
    {
        _lastNumber = breakpoint.Number;
        _breakpoints.Add(breakpoint);
        _replicas.Clear(); // they did not look for it
        DriveTo(Position, NewRun(new DebugTrail()), () => false);
    }

    private static DebugStop NotAhead => new(DebugStopReason.NotAhead, []);

    private DebugStop Set(DebugSet set, out Request? answered)
    {
        StoryChanges?.Invoke();
        _sets.RemoveAll(later => later.At >= Position);
        _sets.Add(set);
        _run.Set(set);
        _replicas.Replace(set, _run.Trail);
        Request? posted = null;
        DebugStop stop = Forward(run =>
        {
            Request? before = run.LastSet;
            return () => (posted = run.LastSet == before ? null : run.LastSet) is { IsDone: true };
        });
        answered = posted is { IsDone: true } ? posted : null;
        return stop;
    }

    private DebugRun NewRun(DebugTrail trail) => new(_story, _sets, _breakpoints, trail);

    private DebugStop Until(Func<DebugRecord, bool> isIt) => Forward(run =>
    {
        int seen = run.Records.Count;
        bool isFound = false;
        return () =>
        {
            IReadOnlyList<DebugRecord> records = run.Records;
            for (; !isFound && seen < records.Count; seen++)
            {
                isFound = isIt(records[seen]);
            }

            return isFound;
        };
    });

    private DebugStop Forward(Func<DebugRun, Func<bool>> goal)
    {
        DebugRun run = _run;
        DebugPosition start = Position;
        Func<bool> isThere = goal(run);
        bool hasBegun = false;
        bool arrived = false;
        bool interrupted = false;
        run.Go(() =>
        {
            arrived = hasBegun && isThere();
            interrupted = IsInterrupted();
            bool stands = arrived || interrupted || (run.Position > start && run.Hits.Count > 0);
            hasBegun = true;
            return stands;
        });
        BreakHit[] hits = run.Position > start ? [.. run.Hits] : [];
        DebugStopReason reason = run.Bug is not null ? DebugStopReason.Bug
            : hits.Length > 0 ? DebugStopReason.Breakpoint
            : arrived ? DebugStopReason.Arrived
            : interrupted ? DebugStopReason.Interrupted
            : DebugStopReason.End;
        return new DebugStop(reason, hits);
    }

    private DebugStop BackTo(DebugPosition position)
    {
        _hasGoneBack = true;
        bool isThere = DriveTo(position, _replicas.Take(position) ?? NewRun(_run.Trail), IsInterrupted);
        return new DebugStop(isThere ? DebugStopReason.Arrived : DebugStopReason.Interrupted, []);
    }

    /// <summary>Another run takes the place of this one when it has come to a point; false where somebody interrupts it before.</summary>
    private bool DriveTo(DebugPosition position, DebugRun run, Func<bool> isInterrupted)
    {
        run.Go(() => run.Position >= position || isInterrupted());
        bool isThere = run.Position == position;
        Check.That(isThere || isInterrupted(), "a run anew that comes to the same point");
        (isThere ? _run : run).GiveUp();
        _run = isThere ? run : _run;
        return isThere;
    }
}

using CxlSim.Engine.Internals;

namespace CxlSim.Engine;

/// <summary>A simulated thread: a kernel thread, a probe, a request being served. It waits for one thing at a time.</summary>
public sealed class SimThread : SimHandler, ISimContinuation
{
    private readonly Simulation _simulation;
    private readonly List<SimFrame> _frames = [];
    private SimTask? _task;
    private ISimContinuation? _pending;
    private ulong _ticket;

    internal SimThread(Simulation simulation, string name, bool isBackground)
    {
        IsBackground = isBackground;
        _simulation = simulation;
        Name = name;
        Generation = simulation.Generation;
    }

    /// <summary>For traces and debuggers.</summary>
    public string Name { get; }

    /// <summary>Nobody waits for what it does.</summary>
    public override bool IsBackground { get; }

    /// <summary>Whether its work is done.</summary>
    public bool IsDone => _task is { IsCompleted: true };

    /// <summary>The stack, outermost first.</summary>
    public IReadOnlyList<SimFrame> Frames => _frames;

    /// <summary>A thread of an older generation has been ended: nothing wakes it up.</summary>
    internal int Generation { get; set; }

    /// <inheritdoc/>
    protected internal override void Handle(ulong argument)
    {
        // An old ticket is a time-out whose wait was served first, or the other way round.
        if (argument != _ticket || _pending is null || Generation != _simulation.Generation)
        {
            return;
        }

        ISimContinuation next = _pending;
        _pending = null;
        Run(next);
    }

    void ISimContinuation.Resume() => _task!.ThrowIfFailed();

    internal void Start(Func<SimTask> body)
    {
        SimThread? caller = _simulation.CurrentThread;
        _simulation.CurrentThread = this;
        try
        {
            _task = body();
        }
        finally
        {
            _simulation.CurrentThread = caller;
        }

        if (_task.IsCompleted)
        {
            _task.ThrowIfFailed();
        }
        else
        {
            _task.ContinueWith(this);
        }
    }

    /// <summary>Begins a wait. The ticket names it: a wake-up that carries another one comes too late.</summary>
    internal ulong Suspend(ISimContinuation continuation)
    {
        if (_pending is not null)
        {
            throw Bug.Of("a thread that waits for one thing");
        }

        _pending = continuation;
        return ++_ticket;
    }

    internal void WakeAfter(SimDuration delay, ulong ticket) => _simulation.Schedule(delay, EventPriority.Thread, this, ticket);

    internal void Push(SimFrame frame) => _frames.Add(frame);

    internal void PopTo(int depth) => _frames.RemoveRange(depth, _frames.Count - depth);

    private void Run(ISimContinuation continuation)
    {
        SimThread? interrupted = _simulation.CurrentThread;
        _simulation.CurrentThread = this;
        try
        {
            continuation.Resume();
        }
        finally
        {
            _simulation.CurrentThread = interrupted;
        }
    }
}

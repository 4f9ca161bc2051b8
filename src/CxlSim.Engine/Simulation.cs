using CxlSim.Engine.Internals;

namespace CxlSim.Engine;

/// <summary>The one loop: one clock, one ordered queue. The same input gives the same run, event for event.</summary>
public sealed class Simulation(ulong seed)
{
    private readonly EventQueue _queue = new();
    private readonly List<ITraceSink> _sinks = [];

    /// <summary>The time of the event at hand, or of the last one.</summary>
    public SimTime Now { get; private set; }

    /// <summary>How many events have been handled; names a point of a run better than time does.</summary>
    public long EventNumber { get; private set; }

    /// <summary>0 leaves nothing to chance; any other number is one way in which things could have gone.</summary>
    public ulong Seed => seed;

    /// <summary>The only source of chance.</summary>
    public SimRandom Random { get; } = new(seed);

    /// <summary>Where requests from outside come in.</summary>
    public Inbox Inbox { get; } = new();

    /// <summary>What is scheduled, earliest first.</summary>
    public IReadOnlyList<SimEvent> PendingEvents => _queue.Snapshot();

    /// <summary>Whether something is scheduled. What waits in the inbox does not count.</summary>
    public bool HasPendingEvents => _queue.Count > 0;

    /// <summary>When the next event is due; null where none is scheduled.</summary>
    public SimTime? NextEventTime => HasPendingEvents ? _queue.NextTime : null;

    /// <summary>The simulated thread that is running now; null between events and in device events.</summary>
    public SimThread? CurrentThread
    {
        get;
        internal set
        {
            field = value;
            LastThread = value ?? LastThread;
        }
    }

    /// <summary>The simulated thread that ran last in the event at hand; null where none did. Between events it shows what was going on.</summary>
    public SimThread? LastThread { get; private set; }

    /// <summary>A thread enters a function; costs nothing while nobody listens.</summary>
    public event Action<SimFrame>? FrameEntered;

    /// <summary>Set by a sink or a breakpoint: the loop returns after the event at hand.</summary>
    public bool StopRequested { get; set; }

    /// <summary>Which threads run: those of the last generation. See <see cref="EndOtherThreads"/>.</summary>
    internal int Generation { get; private set; }

    /// <summary>Has a sink hear of all that happens from now on.</summary>
    public void AddSink(ITraceSink sink) => _sinks.Add(sink);

    /// <summary>Tells all sinks that something happened.</summary>
    public void Trace(TraceRecord record)
    {
        foreach (ITraceSink sink in _sinks)
        {
            sink.Record(Now, EventNumber, record);
        }
    }

    /// <summary>Has a handler called after a delay, behind what is scheduled for the same instant and priority. A delay below zero is a bug, and throws.</summary>
    public void Schedule(SimDuration delay, EventPriority priority, SimHandler handler, ulong argument = 0)
    {
        if (delay.Picoseconds < 0)
        {
            throw Bug.Of("an event that is not in the past");
        }

        _queue.Enqueue(Now + delay, priority, handler, argument);
    }

    /// <summary>Starts a simulated thread at once; it runs until it first waits.</summary>
    /// <param name="name">For traces and debuggers.</param>
    /// <param name="body">What it does.</param>
    /// <param name="isBackground">Whether it takes its own time, and nobody waits for it: see <see cref="Settle"/>.</param>
    public SimThread Spawn(string name, Func<SimTask> body, bool isBackground = false)
    {
        SimThread thread = new(this, name, isBackground);
        thread.Start(body);
        return thread;
    }

    /// <summary>The running thread goes on alone, as the CPU that jumps into another kernel: what the others wait for never comes. Devices go on.</summary>
    public void EndOtherThreads()
    {
        SimThread survivor = CurrentThread ?? throw Bug.Of("a simulated thread that goes on");
        survivor.Generation = ++Generation;
    }

    /// <summary>Waits without doing anything, as <c>msleep</c> or a busy CPU.</summary>
    public DelayAwaiter Delay(SimDuration duration) => new(this, duration);

    /// <summary>Opens a frame of the running thread: the function as the kernel names it, and the object it works on.</summary>
    public FrameScope Enter(string function, string subject)
    {
        FrameScope scope = new(CurrentThread, function, subject);
        FrameEntered?.Invoke(new SimFrame(function, subject));
        return scope;
    }

    /// <summary>Takes the next event. False when nothing is left to do.</summary>
    public bool Step()
    {
        while (Inbox.TryTake(out Request? request))
        {
            request.Accept(this);
        }

        if (_queue.Count == 0)
        {
            return false;
        }

        SimEvent next = _queue.Dequeue();
        Now = next.Time;
        EventNumber++;
        LastThread = null;
        next.Handler.Handle(next.Argument);
        return true;
    }

    /// <summary>Runs until nothing is left to do, or until somebody asks to stop. False when stopped; the next call goes on from there.</summary>
    public bool RunUntilIdle()
    {
        while (!StopRequested)
        {
            if (!Step())
            {
                return true;
            }
        }

        StopRequested = false;
        return false;
    }

    /// <summary>Runs what is posted and what it sets off within a span. Background work is not hastened: where nothing else is left of the span, the clock stands.</summary>
    public void Settle(SimDuration span)
    {
        SimTime limit = Now + span;
        while (!StopRequested && (!Inbox.IsEmpty || _queue.HasForeground(limit)))
        {
            Step();
        }

        StopRequested = false;
    }

    /// <summary>Runs what is posted and what happens no later than a span from now. The clock stops at the last event of it.</summary>
    public void RunWithin(SimDuration span)
    {
        SimTime limit = Now + span;
        while (!StopRequested && (!Inbox.IsEmpty || (_queue.Count > 0 && _queue.NextTime <= limit)))
        {
            Step();
        }

        StopRequested = false;
    }
}

using System.Collections.Concurrent;
using CxlSim.Engine;
using CxlSim.Kernel;

namespace CxlSim.Session;

/// <summary>A booted machine that serves requests from many threads, one after the other: whoever posts runs the loop if nobody does.</summary>
/// <remarks>
/// Virtual time follows the wall clock through <see cref="AdvanceRequest"/>s, and is never behind it. A request takes its virtual time at once,
/// and so does what it sets off within <see cref="SettleTime"/>: a script that binds a driver finds it bound. What takes longer, such as a
/// sanitize, goes on as the clock does.
/// </remarks>
public sealed class LiveMachine : IDisposable
{
    /// <summary>Longer than any probe takes, shorter than what a user waits for.</summary>
    private static readonly SimDuration SettleTime = SimDuration.Seconds(1);

    /// <summary>How far virtual time may stay behind while nothing waits for it: not every read needs an event of its own.</summary>
    private static readonly SimDuration Precision = SimDuration.Milliseconds(1);

    /// <summary>How often background work is looked after while no request comes.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly MachineSession _session;
    private readonly TimeProvider _clock;
    private readonly ConcurrentQueue<LiveRequest> _posted = new();
    private readonly HashSet<LiveRequest> _accepted = [];
    private readonly Lock _loop = new();
    private readonly ITimer _timer;
    private readonly long _startedAt;
    private SimTime _start;

    /// <param name="session">The machine, booted.</param>
    /// <param name="clock">The wall clock; another one in tests.</param>
    public LiveMachine(MachineSession session, TimeProvider? clock = null)
    {
        _session = session;
        _clock = clock ?? TimeProvider.System;
        _startedAt = _clock.GetTimestamp();
        _start = session.Machine.Simulation.Now;
        _timer = _clock.CreateTimer(_ => RunBackground(), null, Tick, Tick);
    }

    /// <summary>Work in the background went on without a request; raised in the loop.</summary>
    public event Action? TimePassed;

    /// <summary>A request was served, and what it set off is done; raised in the loop.</summary>
    public event Action? Served;

    public MachineSession Session => _session;

    /// <summary>Whether anybody keeps what requests say of themselves.</summary>
    public bool IsRecorded => _session.Recorder is { IsOpen: true };

    /// <summary>Whatever broke the loop; null while it runs.</summary>
    public Exception? Failure { get; private set; }

    private Simulation Simulation => _session.Machine.Simulation;

    /// <summary>Hands a request over; it is served in this thread or in another that is serving already.</summary>
    public void Post(LiveRequest request)
    {
        _posted.Enqueue(request);
        RunPosted();
    }

    /// <summary>Does something to the kernel and gives its answer.</summary>
    /// <param name="description">What it is, for traces.</param>
    /// <param name="work">What is done.</param>
    /// <param name="recorded">What a recording keeps of it; null for a look.</param>
    /// <exception cref="IOException">The loop broke.</exception>
    public T Do<T>(string description, Func<LinuxKernel, SimTask<T>> work, RecordedCall? recorded = null)
    {
        using ManualResetEventSlim served = new();
        T? result = default;
        bool abandoned = false;
        Post(new ModelRequest<T>(description, () => work(_session.Kernel), Done, Abandon) { TakesTime = true, Recorded = recorded });
        served.Wait();
        return abandoned ? throw new IOException("the simulation, or the kernel that was asked, has stopped") : result!;

        void Done(T value)
        {
            result = value;
            served.Set();
        }

        void Abandon()
        {
            abandoned = true;
            served.Set();
        }
    }

    /// <summary>Looks at the model; takes no virtual time.</summary>
    /// <exception cref="IOException">The loop broke.</exception>
    public T Look<T>(string description, Func<T> look) => Do(description, _ =>
    {
        SimTask<T> result = look();
        return result;
    });

    /// <summary>No time passes any more, and a recording ends here.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_loop)
        {
            _session.Recorder?.End();
        }
    }

    /// <summary>Who posts while another thread holds the loop may leave: that one looks again before it goes.</summary>
    private void RunPosted()
    {
        while (!_posted.IsEmpty && _loop.TryEnter())
        {
            try
            {
                Serve();
            }
            finally
            {
                _loop.Exit();
            }
        }
    }

    private void RunBackground()
    {
        if (!_loop.TryEnter())
        {
            return; // whoever runs the loop lets time pass as well
        }

        try
        {
            if (Failure is null && Simulation.HasPendingEvents)
            {
                FollowClock();
            }
        }
        catch (Exception failure)
        {
            Break(failure);
        }
        finally
        {
            _loop.Exit();
        }

        RunPosted();
    }

    private void Serve()
    {
        try
        {
            FollowClock();
            while (_posted.TryDequeue(out LiveRequest? request))
            {
                if (Failure is not null)
                {
                    request.Abandon();
                    continue;
                }

                _accepted.Add(request);
                LinuxKernel kernel = _session.Kernel;
                _session.Recorder?.Note((request.Recorded ?? new RecordedLook()) with { Request = request.Description });
                Simulation.Inbox.Post(request);
                while (request.TakesTime && !request.IsDone && Simulation.Step())
                {
                }

                Simulation.Settle(SettleTime);
                _accepted.RemoveWhere(accepted => accepted.IsDone);
                if (_session.Kernel != kernel)
                {
                    AbandonAccepted(); // they waited for a kernel that is no more
                }

                Served?.Invoke();
            }
        }
        catch (Exception failure)
        {
            Break(failure);
        }
    }

    /// <summary>After a request that took virtual time the clock stands ahead, and goes on from there.</summary>
    private void FollowClock()
    {
        if (Failure is not null)
        {
            return;
        }

        SimDuration wall = SimDuration.Microseconds(_clock.GetElapsedTime(_startedAt).Ticks / TimeSpan.TicksPerMicrosecond);
        SimTime until = _start + wall;
        if (Simulation.Now > until)
        {
            _start += Simulation.Now - until;
            return;
        }

        bool hasWork = Simulation.NextEventTime <= until;
        if (!hasWork && until - Simulation.Now < Precision)
        {
            return;
        }

        AdvanceRequest advance = new(Simulation, until);
        _session.Recorder?.Note(new RecordedAdvance(until.Picoseconds));
        Simulation.Inbox.Post(advance);
        while (!advance.IsDone && Simulation.Step())
        {
        }

        if (hasWork)
        {
            TimePassed?.Invoke();
        }
    }

    private void AbandonAccepted()
    {
        foreach (LiveRequest request in _accepted)
        {
            request.Abandon();
        }

        _accepted.Clear();
    }

    /// <summary>A bug of ours: nobody may wait for an answer that does not come.</summary>
    private void Break(Exception failure)
    {
        Failure = failure;
        AbandonAccepted();
        while (_posted.TryDequeue(out LiveRequest? request))
        {
            request.Abandon();
        }
    }
}

using CxlSim.Engine.Internals;

namespace CxlSim.Engine;

/// <summary>Something that happens once, or again and again after <see cref="Reset"/>: the kernel's <c>struct completion</c>.</summary>
public sealed class SimSignal(Simulation simulation)
{
    private readonly List<(SimThread Thread, ulong Ticket)> _waiting = [];

    /// <summary>Whether it has happened.</summary>
    public bool IsSet { get; private set; }

    /// <summary>It happens: all who wait go on in this instant.</summary>
    public void Set()
    {
        IsSet = true;
        foreach ((SimThread thread, ulong ticket) in _waiting)
        {
            thread.WakeAfter(SimDuration.Zero, ticket);
        }

        _waiting.Clear();
    }

    /// <summary>It has not happened yet.</summary>
    public void Reset() => IsSet = false;

    /// <summary>True when it was set, false when <paramref name="limit"/> passed first; no limit waits for ever.</summary>
    public Awaiter WaitAsync(SimDuration? limit = null) => new(this, limit);

    /// <summary>Waits for the signal.</summary>
    public readonly struct Awaiter(SimSignal signal, SimDuration? limit) : ISimAwaiter
    {
        /// <summary>Whether there is nothing to wait for.</summary>
        public bool IsCompleted => signal.IsSet;

        /// <summary>Called by <c>await</c>.</summary>
        public Awaiter GetAwaiter() => this;

        /// <summary>Whether it was set, and not the limit passed.</summary>
        public bool GetResult() => !signal.Forget();

        /// <summary>Called by <c>await</c> where there is something to wait for.</summary>
        public void Suspend(ISimContinuation continuation) => signal.Suspend(continuation, limit);
    }

    private void Suspend(ISimContinuation continuation, SimDuration? limit)
    {
        SimThread thread = simulation.CurrentThread ?? throw Bug.Of("a simulated thread that waits");
        ulong ticket = thread.Suspend(continuation);
        _waiting.Add((thread, ticket));
        if (limit is { } duration)
        {
            thread.WakeAfter(duration, ticket);
        }
    }

    /// <summary>Whether the running thread still waited: then its limit woke it, for <see cref="Set"/> takes everybody off the list.</summary>
    private bool Forget()
    {
        for (int i = 0; i < _waiting.Count; i++)
        {
            if (ReferenceEquals(_waiting[i].Thread, simulation.CurrentThread))
            {
                _waiting.RemoveAt(i);
                return true;
            }
        }

        return false;
    }
}

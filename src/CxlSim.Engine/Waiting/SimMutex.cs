using CxlSim.Engine.Internals;

namespace CxlSim.Engine;

/// <summary>A sleeping lock, first come first served. <c>using (await mutex.LockAsync()) { ... }</c>.</summary>
public sealed class SimMutex(Simulation simulation)
{
    private readonly Queue<(SimThread Thread, ulong Ticket)> _waiting = new();

    /// <summary>The thread that holds it; null while none does.</summary>
    public SimThread? Owner { get; private set; }

    /// <summary>Waits until the lock is free and takes it; what it gives releases it.</summary>
    public Awaiter LockAsync() => new(this);

    /// <summary>The running thread lets go of the lock, which it holds, while it does something, and takes it again.</summary>
    public async SimTask ReleaseWhileAsync(Func<SimTask> work)
    {
        Release(CallingThread());
        await work();
        await LockAsync(); // whoever locked it releases it
    }

    private void Release(SimThread? holder)
    {
        if (holder is null || !ReferenceEquals(Owner, holder))
        {
            throw Bug.Of("a lock to be released once, by its holder");
        }

        Owner = null;
        if (_waiting.TryDequeue(out (SimThread Thread, ulong Ticket) next))
        {
            Owner = next.Thread; // handed over, so that nobody overtakes
            next.Thread.WakeAfter(SimDuration.Zero, next.Ticket);
        }
    }

    /// <summary>Releases the lock when disposed.</summary>
    public readonly struct Holder : IDisposable
    {
        private readonly SimMutex _mutex;
        private readonly SimThread? _thread;

        internal Holder(SimMutex mutex)
        {
            _mutex = mutex;
            _thread = mutex.Owner;
        }

        /// <summary>Releases the lock: the thread that has waited longest has it next.</summary>
        public void Dispose() => _mutex.Release(_thread);
    }

    /// <summary>Waits for the lock.</summary>
    public readonly struct Awaiter(SimMutex mutex) : ISimAwaiter
    {
        /// <summary>Takes the lock where it is free.</summary>
        public bool IsCompleted
        {
            get
            {
                if (mutex.Owner is not null)
                {
                    return false;
                }

                mutex.Owner = mutex.CallingThread();
                return true;
            }
        }

        /// <summary>Called by <c>await</c>.</summary>
        public Awaiter GetAwaiter() => this;

        /// <summary>What releases the lock.</summary>
        public Holder GetResult() => new(mutex);

        /// <summary>Called by <c>await</c> where there is something to wait for.</summary>
        public void Suspend(ISimContinuation continuation)
        {
            SimThread thread = mutex.CallingThread();
            if (ReferenceEquals(mutex.Owner, thread))
            {
                throw Bug.Of("a lock that its thread does not hold already");
            }

            mutex._waiting.Enqueue((thread, thread.Suspend(continuation)));
        }
    }

    private SimThread CallingThread() => simulation.CurrentThread ?? throw Bug.Of("a simulated thread that locks");
}

using CxlSim.Engine.Internals;

namespace CxlSim.Engine;

/// <summary>Waits for virtual time to pass.</summary>
public readonly struct DelayAwaiter(Simulation simulation, SimDuration duration) : ISimAwaiter
{
    /// <summary>Even no time is a wait: everything else of this instant comes first.</summary>
    public bool IsCompleted => false;

    /// <summary>Called by <c>await</c>.</summary>
    public DelayAwaiter GetAwaiter() => this;

    /// <summary>Called by <c>await</c> when the wait is over.</summary>
    public void GetResult()
    {
    }

    /// <summary>Called by <c>await</c> where there is something to wait for.</summary>
    public void Suspend(ISimContinuation continuation)
    {
        SimThread thread = simulation.CurrentThread ?? throw Bug.Of("a simulated thread that waits");
        thread.WakeAfter(duration, thread.Suspend(continuation));
    }
}

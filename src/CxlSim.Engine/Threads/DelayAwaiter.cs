using CxlSim.Engine.Internals;

namespace CxlSim.Engine;

/// <summary>Waits for virtual time to pass.</summary>
public readonly struct DelayAwaiter(Simulation simulation, SimDuration duration) : ISimAwaiter
{
    /// <summary>Even no time is a wait: everything else of this instant comes first.</summary>
    public bool IsCompleted => false;

    public DelayAwaiter GetAwaiter() => this;

    public void GetResult()
    {
    }

    public void Suspend(ISimContinuation continuation)
    {
        SimThread thread = simulation.CurrentThread ?? throw Bug.Of("a simulated thread that waits");
        thread.WakeAfter(duration, thread.Suspend(continuation));
    }
}

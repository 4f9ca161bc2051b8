using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>Who issues accesses, and is told when they are done.</summary>
public interface IAccessOwner
{
    /// <param name="kind">What was done.</param>
    /// <param name="latency">From the issue to the answer at the issuer.</param>
    void OnDone(AccessKind kind, SimDuration latency);
}

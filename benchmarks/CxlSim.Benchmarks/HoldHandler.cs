using CxlSim.Engine;

namespace CxlSim.Benchmarks;

/// <summary>Schedules itself again, which is all that it does.</summary>
internal sealed class HoldHandler(Simulation simulation, Increments increments) : SimHandler
{
    protected override void Handle(ulong argument) => simulation.Schedule(new SimDuration(increments.Next()), EventPriority.Thread, this);
}

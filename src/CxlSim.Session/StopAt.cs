using CxlSim.Engine;
using CxlSim.Machine;

namespace CxlSim.Session;

/// <summary>Stops a run where a phase begins or a milestone is reached for the first time. A step that reaches it is finished, the next is not begun.</summary>
/// <param name="machine">What to stop.</param>
/// <param name="name">Phase or milestone; null never stops.</param>
public sealed class StopAt(SimulatedMachine machine, string? name) : ITraceSink
{
    public bool IsReached { get; private set; }

    public void Record(SimTime time, long eventNumber, TraceRecord record)
    {
        string? here = (record as PhaseEntered)?.Phase ?? (record as MilestoneReached)?.Milestone;
        if (here is not null && here == name && !IsReached)
        {
            IsReached = true;
            machine.Simulation.StopRequested = true;
        }
    }
}

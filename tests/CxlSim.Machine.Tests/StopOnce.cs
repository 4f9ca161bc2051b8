using CxlSim.Engine;

namespace CxlSim.Machine.Tests;

/// <summary>Asks the simulation to stop where a name is first traced.</summary>
internal sealed class StopOnce(SimulatedMachine machine, string name) : ITraceSink
{
    public bool HasStopped { get; private set; }

    public void Record(SimTime time, long eventNumber, TraceRecord record)
    {
        bool here = record is PhaseEntered phase ? phase.Phase == name : record is MilestoneReached milestone && milestone.Milestone == name;
        if (here && !HasStopped)
        {
            HasStopped = true;
            machine.Simulation.StopRequested = true;
        }
    }
}

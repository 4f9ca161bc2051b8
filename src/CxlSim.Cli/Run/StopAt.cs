using CxlSim.Engine;
using CxlSim.Machine;

namespace CxlSim.Cli;

/// <summary>Stops a run where a phase begins or a milestone is reached for the first time.</summary>
internal sealed class StopAt(SimulatedMachine machine, string name) : ITraceSink
{
    private bool _stopped;

    public void Record(SimTime time, long eventNumber, TraceRecord record)
    {
        bool here = record is PhaseEntered phase ? phase.Phase == name : record is MilestoneReached milestone && milestone.Milestone == name;
        if (here && !_stopped)
        {
            _stopped = true;
            machine.Simulation.StopRequested = true;
        }
    }
}

using CxlSim.Engine;
using CxlSim.Machine;

namespace CxlSim.Views.Tests;

/// <summary>Stops a boot where a phase begins.</summary>
internal sealed class StopAtPhase(SimulatedMachine machine, string phase) : ITraceSink
{
    public void Record(SimTime time, long eventNumber, TraceRecord record) =>
        machine.Simulation.StopRequested |= record is PhaseEntered entered && entered.Phase == phase;
}

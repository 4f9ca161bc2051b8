using CxlSim.Engine;
using CxlSim.Machine;

namespace CxlSim.Session;

/// <summary>A phase begins, or a milestone is reached.</summary>
internal sealed class PhaseTarget(string name) : BreakTarget
{
    public override BreakMatch? OnRecord(TraceRecord record, SimulatedMachine machine) =>
        ((record as PhaseEntered)?.Phase ?? (record as MilestoneReached)?.Milestone) == name ? Found(record) : null;
}

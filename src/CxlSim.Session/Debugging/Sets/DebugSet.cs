using CxlSim.Engine;
using CxlSim.Machine;

namespace CxlSim.Session;

/// <summary>A what-if that somebody at the debugger asked for: something written at a point of the run. Every run anew writes it there again.</summary>
internal abstract record DebugSet(DebugPosition At)
{
    /// <summary>What is written, for people.</summary>
    public abstract string What { get; }

    /// <summary>The write on a machine; null where that cannot be yet.</summary>
    public abstract Request? NewRequest(SimulatedMachine machine);
}

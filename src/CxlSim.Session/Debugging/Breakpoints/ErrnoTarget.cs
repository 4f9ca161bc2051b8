using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Kernel;
using CxlSim.Machine;

namespace CxlSim.Session;

/// <summary>An error is answered: by a probe, by an attribute, or by the rule that refused.</summary>
internal sealed class ErrnoTarget(Errno error) : BreakTarget
{
    public override BreakMatch? OnRecord(TraceRecord record, SimulatedMachine machine) => ErrorOf(record) == error.ToString() ? Found(record) : null;

    public override BreakMatch? OnRefusal(Refusal refusal) => refusal.Error == error ? Found(refusal) : null;
}

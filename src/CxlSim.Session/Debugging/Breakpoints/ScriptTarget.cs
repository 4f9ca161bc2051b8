using CxlSim.Engine;
using CxlSim.Kernel;
using CxlSim.Machine;
using CxlSim.Platform;

namespace CxlSim.Session;

/// <summary>What a line of the boot script says happens; which time is told by a condition.</summary>
/// <param name="key">See <see cref="BootScriptLine.Key"/>.</param>
internal sealed class ScriptTarget(string key) : BreakTarget
{
    public override BreakMatch? OnRecord(TraceRecord record, SimulatedMachine machine) => BootScriptText.Of(record) == key ? Found(record) : null;

    public override BreakMatch? OnFrame(SimFrame frame) => BootScriptText.Of(frame) == key ? Found(frame) : null;

    public override BreakMatch? OnRefusal(Refusal refusal) => BootScriptText.Of(refusal) == key ? Found(refusal) : null;

    public override BreakMatch? OnStep(StepDescription step) => BootScriptText.Of(step) == key ? Found(step) : null;
}

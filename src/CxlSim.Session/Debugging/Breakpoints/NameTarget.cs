using CxlSim.Engine;
using CxlSim.Kernel;
using CxlSim.Machine;

namespace CxlSim.Session;

/// <summary>Something happens to an object, or a function is entered: by the name that the kernel gives it, or the platform file gives a device.</summary>
internal sealed class NameTarget(string name) : BreakTarget
{
    public override BreakMatch? OnRecord(TraceRecord record, SimulatedMachine machine) => NameOf(record) == name ? Found(record) : null;

    public override BreakMatch? OnFrame(SimFrame frame) =>
        frame.Function == name || frame.Subject.Split(' ').Contains(name) ? Found(frame) : null;

    public override BreakMatch? OnRefusal(Refusal refusal) => refusal.Subject == name ? Found(refusal) : null;
}

using CxlSim.Kernel;
using CxlSim.Machine;
using CxlSim.Views;

namespace CxlSim.Session;

/// <summary>Gathers what a machine that has done its steps can say of its memory and of what was refused.</summary>
public static class Explanation
{
    /// <param name="session">The machine.</param>
    /// <param name="steps">What its steps answered.</param>
    public static ExplainReport Of(MachineSession session, IReadOnlyList<StepOutcome> steps)
    {
        SimulatedMachine machine = session.Machine;
        Refusal[] told = [.. steps.Select(step => step.Refusal).OfType<Refusal>()];
        return new ExplainReport(
            machine.Platform.Name,
            machine.Platform.Kernel.Version.ToString(),
            CapacityView.Of(machine),
            [.. steps.Where(step => step.Error != Core.Errno.Ok)],
            [.. session.Kernel.Refusals.All.Where(refusal => !told.Any(known => known.Number == refusal.Number))],
            [.. PlatformCheck.Of(machine)]);
    }
}

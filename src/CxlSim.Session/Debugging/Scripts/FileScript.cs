using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Views;

namespace CxlSim.Session;

/// <summary>The steps of the platform file, each when nothing else is left to do.</summary>
internal sealed class FileScript(MachineSession session) : DebugScript
{
    private readonly StepRunner _runner = new(session);
    private readonly List<StepOutcome> _steps = [];

    public override IReadOnlyList<StepOutcome> Steps => _steps;

    public override StepDescription? Step => session.Machine.Platform.Steps[Done];

    public override bool IsDue(bool isIdle) => isIdle && session.Machine.Phase == Phase.Running && Done < session.Machine.Platform.Steps.Count;

    public override void Do()
    {
        _steps.Add(_runner.Run(session.Machine.Platform.Steps[Done]));
        Done++;
    }
}

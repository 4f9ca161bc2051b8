using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Platform;
using CxlSim.Views;

namespace CxlSim.Session;

/// <summary>Does to a machine what the lines of a recording say.</summary>
/// <param name="session">The recorded platform's machine.</param>
internal sealed class RecordedActs(MachineSession session)
{
    private readonly List<StepOutcome> _steps = [];
    private readonly List<PlacementCheck> _checks = [];
    private readonly RecordedCalls _calls = new(session);

    public IReadOnlyList<StepOutcome> Steps => _steps;

    public IReadOnlyList<PlacementCheck> Checks => _checks;

    /// <summary>Whether a request is only posted, and served by the events that follow.</summary>
    public static bool IsPosted(RecordedRequest request) => request is RecordedAdvance or RecordedCall;

    /// <summary>The platform's step that a line names.</summary>
    public StepDescription StepOf(RecordedStep step) => session.Machine.Platform.Steps[step.Number - 1];

    public void Do(RecordedRequest request)
    {
        switch (request)
        {
            case RecordedStep step:
                _steps.Add(new StepRunner(session).Run(StepOf(step)));
                break;
            case RecordedPlacement:
                _checks.AddRange(session.CheckPlacement());
                break;
            case RecordedWrite write:
                session.Write(write.Path, write.Value);
                break;
            case RecordedRead read:
                session.Read(read.Path);
                break;
            case RecordedKexec kexec:
                session.Kexec(kexec.CommandLine);
                break;
            case RecordedAdvance advance:
                Post(new AdvanceRequest(session.Machine.Simulation, new SimTime(advance.Until)));
                break;
            case RecordedCall call:
                Post(_calls.RequestOf(call));
                break;
            default:
                throw new SimulatorBugException("a known kind of request");
        }
    }

    private void Post(Request request) => session.Machine.Simulation.Inbox.Post(request);
}

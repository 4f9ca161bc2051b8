using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Views;

namespace CxlSim.Session;

/// <summary>Does to a machine what a recording says, each request at its event: the same trace comes of it.</summary>
/// <param name="session">The recorded platform's machine, which has not booted yet.</param>
/// <param name="recording">What to do.</param>
/// <param name="hash">A sink of that machine's simulation.</param>
public sealed class RecordingPlayer(MachineSession session, Recording recording, TraceHash hash)
{
    /// <summary>What the last request of a recording that was cut off may set off, as in a shell.</summary>
    private static readonly SimDuration SettleTime = SimDuration.Seconds(1);

    private readonly List<StepOutcome> _steps = [];
    private readonly List<PlacementCheck> _checks = [];
    private readonly RecordedCalls _calls = new(session);
    private string? _difference;
    private long _sameUntil;

    private Simulation Simulation => session.Machine.Simulation;

    /// <summary>Boots the machine and plays to the end, or to the first request at which something is not as it was.</summary>
    /// <remarks>A bug of ours comes out as it did when it was recorded.</remarks>
    public ReplayResult Play()
    {
        session.Boot();
        foreach (RecordedRequest request in recording.Requests)
        {
            if (!IsSameAt(request.Event, request.Time, request.Trace))
            {
                break;
            }

            Do(request);
        }

        if (_difference is null && recording.End is { } end)
        {
            IsSameAt(end.Events, end.Time, end.Trace);
        }
        else if (_difference is null)
        {
            Simulation.Settle(SettleTime);
        }

        return new ReplayResult { Events = Simulation.EventNumber, Hash = hash.Current, Difference = _difference, Steps = _steps, Checks = _checks };
    }

    /// <summary>Runs to an event, and compares what it finds there.</summary>
    private bool IsSameAt(long number, long time, string? trace)
    {
        while (Simulation.EventNumber < number && Simulation.Step())
        {
        }

        if (Simulation.EventNumber != number)
        {
            _difference = $"between events {_sameUntil} and {number}: this run stands at event {Simulation.EventNumber}, and was recorded at event {number}";
        }
        else if (Simulation.Now.Picoseconds != time)
        {
            _difference = $"between events {_sameUntil} and {number}: this run stands at {Simulation.Now.Picoseconds} ps, and was recorded at {time} ps";
        }
        else if (trace is not null && trace != hash.Current)
        {
            _difference = $"between events {_sameUntil} and {number}: the trace up to there has the hash {hash.Current}, and was recorded with {trace}";
        }

        _sameUntil = number;
        return _difference is null;
    }

    private void Do(RecordedRequest request)
    {
        switch (request)
        {
            case RecordedStep step:
                _steps.Add(new StepRunner(session).Run(session.Machine.Platform.Steps[step.Number - 1]));
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
                Simulation.Inbox.Post(new AdvanceRequest(Simulation, new SimTime(advance.Until)));
                break;
            case RecordedCall call:
                Simulation.Inbox.Post(_calls.RequestOf(call));
                break;
            default:
                throw new SimulatorBugException("a known kind of request");
        }
    }
}

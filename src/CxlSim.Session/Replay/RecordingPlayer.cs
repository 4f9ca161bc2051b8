using CxlSim.Engine;

namespace CxlSim.Session;

/// <summary>Does to a machine what a recording says, each request at its event: the same trace comes of it.</summary>
/// <param name="session">The recorded platform's machine, which has not booted yet.</param>
/// <param name="recording">What to do.</param>
/// <param name="hash">A sink of that machine's simulation.</param>
public sealed class RecordingPlayer(MachineSession session, Recording recording, TraceHash hash)
{
    /// <summary>What the last request of a recording that was cut off may set off, as in a shell.</summary>
    private static readonly SimDuration SettleTime = SimDuration.Seconds(1);

    private readonly RecordedActs _acts = new(session);
    private readonly RecordingComparison _comparison = new(session.Machine.Simulation, hash);

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

            if (session.Machine.Kernel is null)
            {
                _comparison.Refuse($"at event {request.Event}: no kernel runs yet that could do the request");
                break;
            }

            _acts.Do(request);
        }

        if (_comparison.Difference is null && recording.End is { } end)
        {
            IsSameAt(end.Events, end.Time, end.Trace);
        }
        else if (_comparison.Difference is null)
        {
            Simulation.Settle(SettleTime);
        }

        return new ReplayResult { Events = Simulation.EventNumber, Hash = hash.Current, Difference = _comparison.Difference, Steps = _acts.Steps, Checks = _acts.Checks };
    }

    /// <summary>Runs to an event, and compares what it finds there.</summary>
    private bool IsSameAt(long number, long time, string? trace)
    {
        while (Simulation.EventNumber < number && Simulation.Step())
        {
        }

        return _comparison.Compare(number, time, trace);
    }
}

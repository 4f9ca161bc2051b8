using System.Globalization;
using CxlSim.Engine;
using CxlSim.Platform;
using CxlSim.Views;

namespace CxlSim.Session;

/// <summary>The requests of a recording, each at its event. Where the run is another than was recorded they are done all the same, at their time.</summary>
internal sealed class RecordedScript : DebugScript
{
    private readonly Recording _recording;
    private readonly Simulation _simulation;
    private readonly RecordedActs _acts;
    private readonly RecordingComparison _comparison;
    private string? _set;
    private bool _hasBooted;

    public RecordedScript(MachineSession session, Recording recording)
    {
        _recording = recording;
        _simulation = session.Machine.Simulation;
        _acts = new RecordedActs(session);
        TraceHash? hash = recording.HasHashes ? new TraceHash() : null;
        if (hash is not null)
        {
            _simulation.AddSink(hash);
        }

        _simulation.AddSink(new StopAt(session.Machine, recording.Header.Until));
        _comparison = new RecordingComparison(_simulation, hash);
    }

    public override IReadOnlyList<StepOutcome> Steps => _acts.Steps;

    public override string? Difference => _comparison.Difference ?? _set;

    public override StepDescription? Step => Next is RecordedStep step ? _acts.StepOf(step) : null;

    public override bool IsPosted => RecordedActs.IsPosted(Next);

    public override bool IsOver => _set is null && Done == _recording.Requests.Count && _recording.End is { } end && _simulation.EventNumber >= end.Events;

    private RecordedRequest Next => _recording.Requests[Done];

    /// <summary>After something was set events have other numbers: programs come at their time then, and what waits for the machine when it has nothing else to do.</summary>
    public override bool IsDue(bool isIdle)
    {
        _hasBooted |= isIdle;
        if (!_hasBooted || Done == _recording.Requests.Count)
        {
            return false;
        }

        return isIdle || (_set is null ? _simulation.EventNumber >= Next.Event : IsPosted && _simulation.Now.Picoseconds >= Next.Time);
    }

    public override void Do()
    {
        Compare(Next.Event, Next.Time, Next.Trace);
        if (IsPosted)
        {
            _acts.Do(_recording.Requests[Done++]);
        }
        else
        {
            _acts.Do(Next);
            Done++;
        }
    }

    public override void End()
    {
        if (_recording.End is { } end)
        {
            Compare(end.Events, end.Time, end.Trace);
        }
    }

    public override void OnSet(DebugSet set) => _set ??= string.Create(CultureInfo.InvariantCulture, $"from event {set.At.Event} on, where {set.What} was set");

    private void Compare(long number, long time, string? trace)
    {
        if (_set is null && _comparison.Difference is null)
        {
            _comparison.Compare(number, time, trace);
        }
    }
}

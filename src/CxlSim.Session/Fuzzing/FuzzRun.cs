using System.Globalization;
using System.Text;
using CxlSim.Engine;
using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Views;

namespace CxlSim.Session;

/// <summary>Boots the machine of a case and does its steps, and holds every invariant after each.</summary>
internal sealed class FuzzRun : ITraceSink
{
    /// <summary>No boot and no step of these machines comes near it.</summary>
    private const long MostEvents = 2_000_000;

    private readonly FuzzMachine _machine;
    private readonly StepRunner _runner;
    private long _limit = MostEvents;
    private string _committed = string.Empty;
    private ulong _trace = 14695981039346656037;

    public FuzzRun(ScenarioCase scenario)
    {
        MachineSession? session = null;
        session = new MachineSession(new SimulatedMachine(scenario.Platform, scenario.Seed)) { BeforeEvent = () => Count(session!) };
        _machine = new FuzzMachine(scenario, session);
        _runner = new StepRunner(session);
        session.Machine.Simulation.AddSink(this);
    }

    public FuzzMachine Machine => _machine;

    /// <summary>The trace so far, as a number: two runs with the same trace have the same.</summary>
    public ulong Trace => _trace;

    /// <summary>How each step ended.</summary>
    public List<StepOutcome> Outcomes { get; } = [];

    /// <summary>Boots; what does not hold afterwards, or null.</summary>
    public FuzzFailure? Boot() => Guarded(0, () =>
    {
        _machine.Machine.PowerOn();
        while (_machine.Machine.Step())
        {
            Count(_machine.Session);
        }

        return _machine.Machine.Phase == Phase.Running ? Hold(0) : null;
    });

    /// <summary>Does a step; what does not hold afterwards, or null.</summary>
    public FuzzFailure? Do(StepDescription step) => Guarded(Outcomes.Count + 1, () =>
    {
        int number = Outcomes.Count + 1;
        _limit = _machine.Machine.Simulation.EventNumber + MostEvents;
        WriteStep? write = step as WriteStep;
        FuzzAnswer? answer = write is null ? null : FuzzAnswers.Of(_machine, write);
        string before = write is null || answer?.Error == Core.Errno.Ok ? string.Empty : FuzzRefusal.Dump(_machine);
        StepOutcome outcome = _runner.Run(step);
        Outcomes.Add(outcome);
        if (answer is not null && answer.Error != outcome.Error)
        {
            return new FuzzFailure(FuzzInvariants.Answers.Name, $"'{outcome.Text}' ended with {outcome.Error}; expected {answer.Error}", number);
        }

        if (answer?.Error == Core.Errno.Ok && answer.Missing?.Invoke() is { } missing)
        {
            return new FuzzFailure(FuzzInvariants.Answers.Name, $"after '{outcome.Text}', {missing}", number);
        }

        string changed = write is not null && outcome.Error != Core.Errno.Ok ? FuzzRefusal.Changed(write, before, FuzzRefusal.Dump(_machine)) : string.Empty;
        return changed.Length > 0 ? new FuzzFailure(FuzzInvariants.RefusedChangesNothing.Name, $"'{outcome.Text}' ended with {outcome.Error} and changed\n{changed}", number) : Hold(number);
    });

    /// <summary>Boots and does all steps of the case.</summary>
    public FuzzFailure? Run()
    {
        FuzzFailure? failure = Boot();
        foreach (StepDescription step in _machine.Machine.Phase == Phase.Running ? _machine.Platform.Steps : [])
        {
            failure ??= Do(step);
        }

        return failure;
    }

    void ITraceSink.Record(SimTime time, long eventNumber, TraceRecord record)
    {
        foreach (byte letter in Encoding.UTF8.GetBytes(TraceText.Line(time, eventNumber, record)))
        {
            _trace = unchecked((_trace ^ letter) * 1099511628211); // FNV-1a
        }
    }

    private void Count(MachineSession session)
    {
        if (session.Machine.Simulation.EventNumber > _limit)
        {
            throw new FuzzHang();
        }
    }

    private FuzzFailure? Hold(int step)
    {
        _machine.Refresh();
        string committed = _machine.Committed() + string.Join(' ', _machine.CommittedRegions.Select(region => region.Name));
        bool isRouted = committed == _committed;
        _committed = committed;
        foreach (FuzzInvariant invariant in FuzzInvariants.All.Where(invariant => (!isRouted || !invariant.IsOfRoutes) && (step == 0 || !invariant.IsOfBoot)))
        {
            if (invariant.Broken?.Invoke(_machine) is { } broken)
            {
                return new FuzzFailure(invariant.Name, broken, step);
            }
        }

        return null;
    }

    private static FuzzFailure? Guarded(int step, Func<FuzzFailure?> work)
    {
        try
        {
            return work();
        }
        catch (FuzzHang hang)
        {
            return new FuzzFailure(FuzzInvariants.NoHang.Name, hang.Message, step);
        }
        catch (Exception bug) // what a user or a modelled machine can do wrong is a value: this is ours
        {
            string place = bug.StackTrace?.Split('\n').FirstOrDefault()?.Trim() ?? string.Empty;
            return new FuzzFailure(FuzzInvariants.NoBug.Name, string.Create(CultureInfo.InvariantCulture, $"{bug.GetType().Name}: {bug.Message} {place}"), step);
        }
    }
}

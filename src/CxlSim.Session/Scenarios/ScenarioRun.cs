using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Views;

namespace CxlSim.Session;

/// <summary>Runs a case: boots its machine, does its steps, and looks at what is expected.</summary>
/// <param name="scenario">What to run.</param>
public sealed class ScenarioRun(ScenarioCase scenario)
{
    private readonly List<ScenarioFailure> _failures = [];

    /// <summary>The machine, once it runs; for who wants to look at it afterwards.</summary>
    public MachineSession Session { get; } = new(new SimulatedMachine(scenario.Platform, scenario.Seed));

    /// <summary>What a bug of the simulator left; null where there was none.</summary>
    public Exception? Bug { get; private set; }

    /// <summary>Also of a snapshot that is not there or differs; it is written where that is asked for.</summary>
    /// <param name="write">Writes a snapshot, path and text, that is to be what is found; null where it is to be compared.</param>
    public ScenarioResult Execute(Action<string, string>? write = null)
    {
        List<StepOutcome> steps = [];
        try
        {
            Run(steps, write);
        }
        catch (Exception bug)
        {
            Bug = bug; // what a scenario or a modelled machine can do wrong is a value: this is ours
            _failures.Add(new ScenarioFailure(new Core.SourceLocation(scenario.File, 1, 1), $"a bug of the simulator: {bug.Message}", bug.StackTrace ?? string.Empty));
        }

        return new ScenarioResult(scenario, Bug is not null ? ScenarioVerdict.Bug : _failures.Count > 0 ? ScenarioVerdict.Failed : ScenarioVerdict.Passed, _failures)
        {
            Events = Session.Machine.Simulation.EventNumber,
            Time = Session.Machine.Simulation.Now,
            Explanation = Bug is null && _failures.Count > 0 && Session.Machine.Phase >= Phase.DriverProbe ? ExplainText.Render(Explanation.Of(Session, steps) with { Steps = [], Refusals = [] }) : string.Empty,
        };
    }

    private static string Text(StepOutcome step, UnmetExpectation unmet) => $"after '{step.Text}', {Text(unmet)}";

    private static string Text(UnmetExpectation unmet) => $"{unmet.What}: expected {unmet.Expected}, found {unmet.Found}";

    private void Run(List<StepOutcome> steps, Action<string, string>? write)
    {
        Session.Boot();
        ExpectationDescription? atEnd = scenario.Expectation;
        if (atEnd is { Warned.Count: > 0 })
        {
            string[] rules = [.. scenario.Warnings.Concat(PlatformCheck.Of(Session.Machine).Select(finding => finding.Rule.Number)).Distinct()];
            _failures.AddRange(ExpectationCheck.Warned(atEnd.Warned, rules).Select(unmet => new ScenarioFailure(unmet.Location, Text(unmet))));
        }

        if (Session.Machine.Phase == Phase.Running)
        {
            StepRunner runner = new(Session);
            foreach (StepDescription step in scenario.Platform.Steps)
            {
                StepOutcome outcome = runner.Run(step);
                steps.Add(outcome);
                Add(outcome);
            }
        }
        else if (scenario.Platform.Steps.Count > 0)
        {
            _failures.Add(new ScenarioFailure(scenario.Platform.Steps[0].Location, $"the boot ended in {Session.Machine.Phase}: no step could be done"));
        }

        if (atEnd is null)
        {
            return;
        }

        _failures.AddRange(new ExpectationCheck(Session, ExpectationMark.Start).Run(atEnd, string.Empty, steps.Select(step => step.Refusal)).Select(unmet => new ScenarioFailure(unmet.Location, Text(unmet))));
        if (atEnd.Snapshot is not null && ScenarioSnapshot.Check(scenario, Session.Machine, write) is { } difference)
        {
            _failures.Add(difference);
        }
    }

    private void Add(StepOutcome step)
    {
        if (step.Error != step.Expected)
        {
            string why = step.Refusal is { } refusal ? RefusalText.Render(refusal, step.Proposal, string.Empty) : string.Empty;
            _failures.Add(new ScenarioFailure(step.Location, $"'{step.Text}' ended with {step.Error}; expected {step.Expected}", why));
        }

        _failures.AddRange(step.Unmet.Select(unmet => new ScenarioFailure(unmet.Location, Text(step, unmet))));
    }
}

using CxlSim.Views;

namespace CxlSim.Cli;

/// <summary>A step that did not end as expected, on standard error: its place and, where something was refused, why.</summary>
internal static class FailedStep
{
    public static void Print(StepOutcome step)
    {
        if (step.Error != step.Expected)
        {
            Console.Error.WriteLine($"{step.Location}: '{step.Text}' ended with {step.Error}; expected {step.Expected}");
        }

        foreach (UnmetExpectation unmet in step.Unmet)
        {
            Console.Error.WriteLine($"{unmet.Location}: after '{step.Text}', {unmet.What}: expected {unmet.Expected}, found {unmet.Found}");
        }

        if (step.Refusal is { } refusal)
        {
            Console.Error.Write(RefusalText.Render(refusal, step.Proposal, "  "));
        }
    }
}

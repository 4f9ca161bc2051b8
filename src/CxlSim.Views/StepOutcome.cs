using CxlSim.Core;

namespace CxlSim.Views;

/// <summary>What a step of the platform file answered.</summary>
/// <param name="Text">The step, as a line.</param>
/// <param name="Error">The error that it ended with.</param>
/// <param name="Expected">The error that the file expects.</param>
/// <param name="Result">A value read, or a word on what was done.</param>
/// <param name="Location">Its place in the file.</param>
public sealed record StepOutcome(string Text, Errno Error, Errno Expected, string Result, SourceLocation Location)
{
    public bool IsAsExpected => Error == Expected;
}

using CxlSim.Core;
using CxlSim.Kernel;

namespace CxlSim.Views;

/// <summary>What a step of the platform file answered.</summary>
/// <param name="Text">The step, as a line.</param>
/// <param name="Error">The error that it ended with.</param>
/// <param name="Expected">The error that the file expects.</param>
/// <param name="Result">A value read, or a word on what was done.</param>
/// <param name="Location">Its place in the file.</param>
public sealed record StepOutcome(string Text, Errno Error, Errno Expected, string Result, SourceLocation Location)
{
    /// <summary>Why it was refused; null for success, and where nothing refused but a value is not what it should be.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>What to write in the platform file instead, as the step's own key and value; empty where no key of the step would do.</summary>
    public string Proposal { get; init; } = string.Empty;

    /// <summary>What else was expected and does not hold.</summary>
    public IReadOnlyList<UnmetExpectation> Unmet { get; init; } = [];

    public bool IsAsExpected => Error == Expected && Unmet.Count == 0;
}

using CxlSim.Core;
using CxlSim.Kernel;

namespace CxlSim.Session;

/// <summary>What a step came to.</summary>
/// <param name="Text">The call as it would be typed.</param>
/// <param name="Error">What it ended with.</param>
/// <param name="Result">What it says.</param>
/// <param name="Refusal">Why a tool's first write that failed was refused, or why the tool would not even try; null where nothing was, or where no tool wrote.</param>
public readonly record struct StepAnswer(string Text, Errno Error, string Result, Refusal? Refusal = null);

using CxlSim.Engine;

namespace CxlSim.Session;

/// <summary>Something to stop at.</summary>
/// <param name="Number">From 1; never given twice.</param>
/// <param name="Text">As the user wrote it.</param>
/// <param name="Target">What to wait for.</param>
/// <param name="Condition">What must hold as well; null where nothing.</param>
public sealed record Breakpoint(int Number, string Text, BreakTarget Target, BreakCondition? Condition)
{
    internal bool Holds(BreakMatch match, long count, Simulation simulation) => Condition?.Holds(match, count, simulation) ?? true;
}

namespace CxlSim.Session;

/// <summary>A breakpoint that was met.</summary>
/// <param name="Breakpoint">Which one.</param>
/// <param name="What">What happened.</param>
/// <param name="Count">The how-manieth time since power-on its place was met, whether its condition held or not.</param>
public sealed record BreakHit(Breakpoint Breakpoint, string What, long Count);

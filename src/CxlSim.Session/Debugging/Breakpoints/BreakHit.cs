using CxlSim.Engine;

namespace CxlSim.Session;

/// <summary>A breakpoint that was met.</summary>
/// <param name="Breakpoint">Which one.</param>
/// <param name="What">What happened.</param>
/// <param name="Count">The how-manieth time since power-on its place was met, whether its condition held or not.</param>
/// <param name="Frames">The functions that were under way at that moment, outermost first; the event may have left some since.</param>
public sealed record BreakHit(Breakpoint Breakpoint, string What, long Count, IReadOnlyList<SimFrame> Frames)
{
    /// <summary>The line of a boot script that says the same; null where none does.</summary>
    public string? Line { get; init; }
}

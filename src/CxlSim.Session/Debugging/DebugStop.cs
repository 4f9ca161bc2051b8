namespace CxlSim.Session;

/// <summary>Why the machine stands.</summary>
/// <param name="Reason">What ended the movement.</param>
/// <param name="Hits">Breakpoints that were met.</param>
public sealed record DebugStop(DebugStopReason Reason, IReadOnlyList<BreakHit> Hits);

namespace CxlSim.Session;

/// <summary>A point of a run at which breakpoints were met.</summary>
internal sealed record DebugHitPoint(DebugPosition Position, IReadOnlyList<Breakpoint> Breakpoints);

namespace CxlSim.Session;

/// <summary>A what-if that somebody at the debugger asked for: an attribute written at a point of the run. Every run anew writes it there again.</summary>
internal sealed record DebugSet(DebugPosition At, string Path, string Value);

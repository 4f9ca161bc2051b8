using CxlSim.Engine;

namespace CxlSim.Session;

/// <summary>A trace record and when it came.</summary>
public sealed record DebugRecord(DebugPosition Position, SimTime Time, TraceRecord Record);

using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>One event in a trace buffer.</summary>
/// <param name="Event">Its kind.</param>
/// <param name="Since">Time since the kernel's start.</param>
/// <param name="Task">Who was running.</param>
/// <param name="Text">What the trace file shows of it.</param>
/// <param name="Record">The binary record.</param>
public sealed record TraceEntry(TraceEvent Event, SimDuration Since, TraceTask Task, string Text, byte[] Record);

using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>A line of the kernel log.</summary>
/// <param name="Since">Time since the kernel's start.</param>
/// <param name="Level">Severity.</param>
/// <param name="Facility">Who wrote it, already shifted past the level: 0 the kernel, 8 user space (<c>linux/syslog.h</c>).</param>
/// <param name="Text">The line without level and time stamp.</param>
public sealed record KernelLogLine(SimDuration Since, LogLevel Level, int Facility, string Text);

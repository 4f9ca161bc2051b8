using CxlSim.Core;

namespace CxlSim.Timing;

/// <summary>An access of a trace.</summary>
/// <param name="Picoseconds">Since the trace's beginning.</param>
/// <param name="Address">Where it begins.</param>
/// <param name="Size">Bytes; more than none.</param>
/// <param name="Kind">What is done.</param>
public readonly record struct TraceEntry(long Picoseconds, Hpa Address, uint Size, AccessKind Kind);

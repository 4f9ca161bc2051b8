using CxlSim.Engine;

namespace CxlSim.Views;

/// <summary>A driver's work on a device.</summary>
/// <param name="Driver">As Linux names it.</param>
/// <param name="Subject">The device.</param>
/// <param name="Start">When its probe began.</param>
/// <param name="End">When it was bound; null where that never happened.</param>
public sealed record TimelineSpan(string Driver, string Subject, SimTime Start, SimTime? End);

using CxlSim.Engine;

namespace CxlSim.Views;

/// <summary>A phase of the boot.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Start">When it began.</param>
/// <param name="End">When the next one began, or the last thing happened.</param>
public sealed record TimelinePhase(string Name, SimTime Start, SimTime End);

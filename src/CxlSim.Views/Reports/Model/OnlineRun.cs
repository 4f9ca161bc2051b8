using CxlSim.Engine;

namespace CxlSim.Views;

/// <summary>Memory blocks that came online one after the other.</summary>
/// <param name="First">Number of the first block.</param>
/// <param name="Last">Number of the last one.</param>
/// <param name="Start">When the first one was online.</param>
/// <param name="End">When the last one was.</param>
public sealed record OnlineRun(ulong First, ulong Last, SimTime Start, SimTime End);

using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>A message in front of a link.</summary>
/// <param name="Number">Of its access.</param>
/// <param name="Came">When it came there.</param>
internal readonly record struct WaitingMessage(int Number, SimTime Came);

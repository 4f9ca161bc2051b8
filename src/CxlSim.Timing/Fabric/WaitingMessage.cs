namespace CxlSim.Timing;

/// <summary>A message in front of a link.</summary>
/// <param name="Number">Of its access.</param>
/// <param name="Came">Its place in the order in which messages came.</param>
internal readonly record struct WaitingMessage(int Number, long Came);

namespace CxlSim.Timing;

/// <summary>One access of a thread's round.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Stream">To the next address of it.</param>
public readonly record struct MixStep(AccessKind Kind, IAddressStream Stream);

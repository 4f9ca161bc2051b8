namespace CxlSim.Platform;

/// <summary>A distance of the SLIT. Where only one way is given it counts both ways.</summary>
/// <param name="From">Proximity domain.</param>
/// <param name="To">Proximity domain.</param>
/// <param name="Distance">10 is local.</param>
public sealed record DistanceDescription(uint From, uint To, byte Distance);

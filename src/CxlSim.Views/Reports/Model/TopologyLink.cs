namespace CxlSim.Views;

/// <summary>A link as its lower end reports it.</summary>
/// <param name="Width">Lanes.</param>
/// <param name="Speed">Mb/s of a lane: 32000 for 32 GT/s.</param>
public sealed record TopologyLink(uint Width, uint Speed);

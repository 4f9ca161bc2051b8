using CxlSim.Timing;

namespace CxlSim.Machine;

/// <summary>A device and its way from the host bridge.</summary>
/// <param name="ProximityDomain">Of the host bridge.</param>
/// <param name="Links">From the host bridge down.</param>
/// <param name="Memory">The device.</param>
internal sealed record FabricBranch(uint ProximityDomain, IReadOnlyList<FabricLink> Links, MemoryEnd Memory);

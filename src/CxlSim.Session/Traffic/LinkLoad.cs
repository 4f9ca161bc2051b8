using CxlSim.Timing;

namespace CxlSim.Session;

/// <summary>How busy a link was.</summary>
/// <param name="Link">With its queues.</param>
/// <param name="Down">Share of the time in which its wire was busy towards the device, 0 to 1.</param>
/// <param name="Up">Likewise towards the host.</param>
public sealed record LinkLoad(FabricLink Link, double Down, double Up);

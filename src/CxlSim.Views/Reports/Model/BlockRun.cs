namespace CxlSim.Views;

/// <summary>Memory blocks in a row that do not differ.</summary>
/// <param name="First">Number of the first one.</param>
/// <param name="Last">Number of the last one.</param>
/// <param name="Node">Their node.</param>
/// <param name="Zone">The zone that they are online in; empty for offline ones, and for boot memory of more than one zone.</param>
/// <param name="State">online, offline or going-offline.</param>
/// <param name="Region">The region that they lie in; null for memory that no region has.</param>
public sealed record BlockRun(ulong First, ulong Last, int Node, string Zone, string State, string? Region);

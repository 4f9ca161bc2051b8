namespace CxlSim.Machine;

/// <summary>The cores of a proximity domain, from where traffic comes.</summary>
/// <param name="ProximityDomain">As the platform file has it.</param>
/// <param name="Cpus">How many there are; at least one.</param>
/// <param name="Node">The kernel's number for it; null where it has none.</param>
public sealed record Socket(uint ProximityDomain, int Cpus, int? Node)
{
    public string Name => Node is { } node ? $"node{node}" : $"domain {ProximityDomain}";
}

using CxlSim.Core;

namespace CxlSim.Platform;

/// <summary>One record of the SRAT: a CPU, a memory range or a generic port of a proximity domain.</summary>
public abstract record SratEntryDescription(uint ProximityDomain);

public sealed record SratCpuDescription(uint ProximityDomain, byte ApicId) : SratEntryDescription(ProximityDomain);

public sealed record SratMemoryDescription(uint ProximityDomain, AddressRange Range, bool HotPluggable) : SratEntryDescription(ProximityDomain);

/// <summary>Where the CPUs end and a host bridge begins: the HMAT has the way up to there, CDAT the way below.</summary>
/// <param name="ProximityDomain">Named in the HMAT as a target.</param>
/// <param name="Uid">Of the host bridge.</param>
public sealed record SratGenericPortDescription(uint ProximityDomain, uint Uid) : SratEntryDescription(ProximityDomain);

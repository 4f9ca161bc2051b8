using CxlSim.Core;

namespace CxlSim.Platform;

/// <summary>One record of the SRAT: a CPU or a memory range of a proximity domain.</summary>
public abstract record SratEntryDescription(uint ProximityDomain);

public sealed record SratCpuDescription(uint ProximityDomain, byte ApicId) : SratEntryDescription(ProximityDomain);

public sealed record SratMemoryDescription(uint ProximityDomain, AddressRange Range, bool HotPluggable) : SratEntryDescription(ProximityDomain);

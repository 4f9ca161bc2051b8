using CxlSim.Core;

namespace CxlSim.Platform;

/// <summary>The DRAM and the CPUs of one proximity domain.</summary>
public sealed record DramNodeDescription(uint ProximityDomain, ByteSize Size, int Cpus, IReadOnlyList<AddressRange> Ranges);

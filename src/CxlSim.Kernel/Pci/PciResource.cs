using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>A BAR with an address.</summary>
public sealed record PciResource(int Index, AddressRange Range, bool Is64Bit, bool Prefetchable);

using CxlSim.Core;

namespace CxlSim.Session;

/// <summary>A memory BAR.</summary>
internal sealed record PciBarFacts(ByteSize Size, bool Is64Bit, bool Prefetchable);

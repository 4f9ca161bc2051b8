using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>A stretch of device capacity, and what had to be left out before it.</summary>
/// <param name="Start">First byte.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Skip">Bytes before it that become unusable (<c>cxled->skip</c>).</param>
public sealed record DpaAllocation(Dpa Start, ByteSize Size, ByteSize Skip);

using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>A dimm's part of a region (<c>struct nd_mapping</c>).</summary>
/// <param name="Dimm">Whose capacity it is.</param>
/// <param name="Serial">What the dimm is known by for good.</param>
/// <param name="Start">First byte of the device.</param>
/// <param name="Size">Bytes.</param>
public sealed record NdMapping(Dimm Dimm, ulong Serial, Dpa Start, ByteSize Size);

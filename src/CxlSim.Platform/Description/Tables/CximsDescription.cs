namespace CxlSim.Platform;

/// <summary>Maps for the XOR windows of a granularity (CXL r3.1 9.18.1.4).</summary>
/// <param name="EncodedGranularity">HBIG.</param>
/// <param name="MapCount">What the record says of the number of its maps.</param>
/// <param name="Maps">The maps.</param>
public sealed record CximsDescription(byte EncodedGranularity, byte MapCount, IReadOnlyList<ulong> Maps);

namespace CxlSim.Platform;

/// <summary>A record as bytes.</summary>
public sealed record CedtRawDescription(IReadOnlyList<byte> Bytes);

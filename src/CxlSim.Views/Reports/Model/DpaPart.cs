using CxlSim.Core;

namespace CxlSim.Views;

/// <summary>A stretch of a device's addresses that a decoder holds.</summary>
/// <param name="Decoder">The endpoint decoder.</param>
/// <param name="Start">First byte.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Region">The region that the decoder belongs to; null where it belongs to none.</param>
public sealed record DpaPart(string Decoder, Dpa Start, ByteSize Size, string? Region);

using CxlSim.Core;

namespace CxlSim.Views;

/// <summary>A device's part of a region.</summary>
/// <param name="Position">Its place in the interleave.</param>
/// <param name="Decoder">The endpoint decoder.</param>
/// <param name="Memdev">The device, as Linux names it.</param>
/// <param name="Start">First byte of the device.</param>
/// <param name="Size">Bytes of the device.</param>
public sealed record RegionMember(int Position, string Decoder, string Memdev, Dpa Start, ByteSize Size);

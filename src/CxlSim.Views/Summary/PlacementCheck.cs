using CxlSim.Core;

namespace CxlSim.Views;

/// <summary>A byte of a region that was stored through the decoders and looked for on the media.</summary>
/// <param name="Region">The region.</param>
/// <param name="Address">Its host address.</param>
/// <param name="Device">The device that the committed decoders name; empty where they name none.</param>
/// <param name="MediaAddress">The byte of the device.</param>
/// <param name="Found">Whether the byte was there.</param>
public sealed record PlacementCheck(string Region, Hpa Address, string Device, Dpa MediaAddress, bool Found);

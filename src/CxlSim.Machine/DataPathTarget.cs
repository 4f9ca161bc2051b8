using CxlSim.Core;

namespace CxlSim.Machine;

/// <summary>Where the committed decoders send an address.</summary>
/// <param name="Device">The device's name in the platform file.</param>
/// <param name="Address">The byte of its media.</param>
public sealed record DataPathTarget(string Device, Dpa Address);

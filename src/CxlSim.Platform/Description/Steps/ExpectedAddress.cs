using CxlSim.Core;

namespace CxlSim.Platform;

/// <summary>Where a host address must lead.</summary>
/// <param name="Location">Its place in the file.</param>
/// <param name="Address">The host address.</param>
/// <param name="Device">The device's id; null where it must lead nowhere.</param>
/// <param name="Dpa">The byte of that device.</param>
public sealed record ExpectedAddress(SourceLocation Location, Hpa Address, string? Device, Dpa Dpa);

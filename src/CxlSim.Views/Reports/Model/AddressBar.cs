using CxlSim.Core;

namespace CxlSim.Views;

/// <summary>A stretch of host addresses and what somebody says of it.</summary>
/// <param name="Name">What lies there.</param>
/// <param name="Range">Where.</param>
/// <param name="Depth">How many other bars of the lane it lies in.</param>
/// <param name="Region">The region that it belongs to; null where it belongs to none.</param>
public sealed record AddressBar(string Name, AddressRange Range, int Depth = 0, string? Region = null);

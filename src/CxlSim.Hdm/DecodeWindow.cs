using CxlSim.Core;

namespace CxlSim.Hdm;

/// <summary>The host's own decoder: a fixed window and the bridges that it spreads addresses over.</summary>
/// <param name="Range">What it claims.</param>
/// <param name="Granularity">Bytes per target.</param>
/// <param name="Targets">Bridges in interleave order; null where a target is no bridge.</param>
public sealed record DecodeWindow(AddressRange Range, int Granularity, IReadOnlyList<DecodeNode?> Targets);

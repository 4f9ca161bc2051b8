using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>Where a byte of a device is in a region, as trace events tell it.</summary>
/// <param name="Region">Its name.</param>
/// <param name="Uuid">Its own; zero for one that has none.</param>
/// <param name="Address">Null where nothing maps the byte.</param>
/// <param name="Cache">DRAM that is a cache of the region's memory.</param>
internal sealed record TracedPlace(string Region, Guid Uuid, Hpa? Address, ByteSize Cache);

using CxlSim.Core;

namespace CxlSim.Session;

/// <summary>A root bridge of the ACPI namespace, as far as constants tell; what a method computes is null.</summary>
/// <param name="Name">Four letters.</param>
/// <param name="IsCxl">ACPI0016.</param>
/// <param name="Uid"><c>_UID</c>.</param>
/// <param name="Segment"><c>_SEG</c>; 0 where there is none.</param>
/// <param name="Bus"><c>_BBN</c>, or the first bus of <c>_CRS</c>.</param>
/// <param name="LastBus">The last bus of <c>_CRS</c>.</param>
/// <param name="Mmio">The memory ranges of <c>_CRS</c>.</param>
/// <param name="ProximityDomain"><c>_PXM</c>.</param>
internal sealed record NamespaceBridge(string Name, bool IsCxl, uint? Uid, ushort Segment, byte? Bus, byte? LastBus, IReadOnlyList<AddressRange>? Mmio, uint? ProximityDomain);

using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>A component register block and what the driver uses of it (<c>struct cxl_register_map</c>).</summary>
/// <param name="Start">Of the block.</param>
/// <param name="Ras">The RAS capability; null for none.</param>
/// <param name="Hdm">Where the HDM decoder capability begins; null for none.</param>
public sealed record ComponentRegisterMap(Hpa Start, AddressRange? Ras, Hpa? Hdm);

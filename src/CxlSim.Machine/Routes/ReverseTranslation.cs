using CxlSim.Core;
using CxlSim.Kernel;

namespace CxlSim.Machine;

/// <summary>From a byte of a device back to an address, twice: what leads there, and what the driver reports for it.</summary>
/// <param name="Device">Whose byte.</param>
/// <param name="Address">Which byte.</param>
/// <param name="Hardware">The address that the committed decoders send there; null where none is.</param>
/// <param name="Driver">What trace events name (<c>cxl_dpa_to_hpa</c>); null where they name none.</param>
/// <param name="Decoder">The decoder that the driver finds it in; null for none.</param>
public sealed record ReverseTranslation(RouteDevice Device, Dpa Address, Hpa? Hardware, Hpa? Driver, CxlEndpointDecoder? Decoder);

using CxlSim.Core;

namespace CxlSim.Platform;

/// <summary>What makes a root bridge a CXL host bridge.</summary>
/// <param name="ComponentRegisters">CHBS base: 64 KiB of component registers.</param>
/// <param name="HdmDecoders">Decoders of the bridge; 0 where a single root port needs none (a passthrough bridge).</param>
public sealed record CxlHostBridgeDescription(Hpa ComponentRegisters, int HdmDecoders);
